public import Documents

/// What FineWeb's own rules measure of a document's prose
/// (<https://arxiv.org/abs/2406.17557>, §3.5; the figures there are those beside each measure).
public enum FineWebMeasure: String, LimitedMeasure {
  /// The share of lines that end a sentence; 0.12.
  case minimumPunctuatedLines
  /// The share of lines of at most 30 characters; 0.67.
  case maximumShortLines
  /// The share of the characters in lines that stand before; 0.01 in datatrove, 0.1 in the paper.
  case maximumDuplicateCharacters
  /// Line breaks for each word; 0.3.
  case maximumLineBreaks

  /// The reason for dropping a document.
  public var code: Reason.Code {
    switch self {
    case .minimumPunctuatedLines: .tooFewPunctuatedLines
    case .maximumShortLines: .tooManyShortLines
    case .maximumDuplicateCharacters: .duplicateCharacters
    case .maximumLineBreaks: .tooManyLineBreaks
    }
  }

  /// The limits that can be meant.
  public var accepted: ClosedRange<Double> { self == .maximumLineBreaks ? 0...1e6 : 0...1 }
}

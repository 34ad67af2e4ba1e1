public import Documents

/// What Gopher's rules of repetition measure of a document's prose
/// (<https://arxiv.org/abs/2112.11446>, table A1; the figures there are those beside each measure).
public enum RepetitionMeasure: String, LimitedMeasure {
  /// The share of paragraphs that stand before; 0.3.
  case maximumParagraphs
  /// Their share of the characters; 0.2.
  case maximumParagraphCharacters
  /// The share of lines that stand before; 0.3.
  case maximumLines
  /// Their share of the characters; 0.2.
  case maximumLineCharacters
  /// The most frequent two words' share of the characters; 0.2.
  case maximumTop2Gram
  /// The most frequent three words' share of the characters; 0.18.
  case maximumTop3Gram
  /// The most frequent four words' share of the characters; 0.16.
  case maximumTop4Gram
  /// The share of the characters in runs of five words that stand before; 0.15.
  case maximumDuplicate5Grams
  /// The same of six words; 0.14.
  case maximumDuplicate6Grams
  /// The same of seven words; 0.13.
  case maximumDuplicate7Grams
  /// The same of eight words; 0.12.
  case maximumDuplicate8Grams
  /// The same of nine words; 0.11.
  case maximumDuplicate9Grams
  /// The same of ten words; 0.1.
  case maximumDuplicate10Grams

  /// The reason for dropping a document.
  public var code: Reason.Code {
    switch self {
    case .maximumParagraphs: .duplicateParagraphs
    case .maximumParagraphCharacters: .duplicateParagraphCharacters
    case .maximumLines: .duplicateLines
    case .maximumLineCharacters: .duplicateLineCharacters
    case .maximumTop2Gram: Reason.Code("top2Gram")
    case .maximumTop3Gram: Reason.Code("top3Gram")
    case .maximumTop4Gram: Reason.Code("top4Gram")
    case .maximumDuplicate5Grams: Reason.Code("duplicate5Grams")
    case .maximumDuplicate6Grams: Reason.Code("duplicate6Grams")
    case .maximumDuplicate7Grams: Reason.Code("duplicate7Grams")
    case .maximumDuplicate8Grams: Reason.Code("duplicate8Grams")
    case .maximumDuplicate9Grams: Reason.Code("duplicate9Grams")
    case .maximumDuplicate10Grams: Reason.Code("duplicate10Grams")
    }
  }

  /// The limits that can be meant: shares.
  public var accepted: ClosedRange<Double> { 0...1 }

  /// How many words make the n-gram of the measure; `nil` for lines and paragraphs.
  var length: Int? {
    switch self {
    case .maximumParagraphs, .maximumParagraphCharacters, .maximumLines, .maximumLineCharacters:
      nil
    case .maximumTop2Gram: 2
    case .maximumTop3Gram: 3
    case .maximumTop4Gram: 4
    case .maximumDuplicate5Grams: 5
    case .maximumDuplicate6Grams: 6
    case .maximumDuplicate7Grams: 7
    case .maximumDuplicate8Grams: 8
    case .maximumDuplicate9Grams: 9
    case .maximumDuplicate10Grams: 10
    }
  }
}

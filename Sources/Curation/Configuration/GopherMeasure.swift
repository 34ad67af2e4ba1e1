public import Documents

/// What Gopher's rules of quality measure of a document's prose
/// (<https://arxiv.org/abs/2112.11446>, A.1.1; the figures there are those beside each measure).
public enum GopherMeasure: String, LimitedMeasure {
  /// The number of words; 50.
  case minimumWords
  /// The number of words; 100,000.
  case maximumWords
  /// The mean number of characters of a word; 3.
  case minimumWordLength
  /// The mean number of characters of a word; 10.
  case maximumWordLength
  /// Hash signs for each word; 0.1.
  case maximumHashSigns
  /// Ellipses for each word; 0.1.
  case maximumEllipses
  /// The share of lines that begin with a bullet; 0.9.
  case maximumBulletLines
  /// The share of lines that end with an ellipsis; 0.3.
  case maximumEllipsisLines
  /// The share of words with a letter; 0.8.
  case minimumAlphabeticWords
  /// How many different of the words the, be, to, of, and, that, have, with occur; 2.
  case minimumStopWords

  /// The reason for dropping a document.
  public var code: Reason.Code {
    switch self {
    case .minimumWords: .tooFewWords
    case .maximumWords: .tooManyWords
    case .minimumWordLength: .wordsTooShort
    case .maximumWordLength: .wordsTooLong
    case .maximumHashSigns: .tooManyHashSigns
    case .maximumEllipses: .tooManyEllipses
    case .maximumBulletLines: .tooManyBulletLines
    case .maximumEllipsisLines: .tooManyEllipsisLines
    case .minimumAlphabeticWords: .tooFewAlphabeticWords
    case .minimumStopWords: .tooFewStopWords
    }
  }

  /// The limits that can be meant.
  public var accepted: ClosedRange<Double> {
    switch self {
    case .minimumWords, .maximumWords: 0...1e12
    case .minimumWordLength, .maximumWordLength: 0...1e6
    case .maximumHashSigns, .maximumEllipses: 0...1e6
    case .minimumStopWords: 0...8
    case .maximumBulletLines, .maximumEllipsisLines, .minimumAlphabeticWords: 0...1
    }
  }
}

public import Documents

/// What OBELICS's and OmniCorpus's rules measure of a block of text or of a document's prose.
///
/// OBELICS (<https://arxiv.org/abs/2306.16527>, appendix A.1) has a figure for blocks and one for
/// documents, here in this order. Its shares of common words and its perplexity need a dictionary and a
/// model that were never published, and are left out.
public enum ShareMeasure: String, LimitedMeasure {
  /// The number of words; 4 and 10.
  case minimumWords
  /// The number of words; 1,000 and 2,000.
  case maximumWords
  /// The share of the most frequent runs of ten characters; 0.1 and 0.1.
  case maximumCharacterRepetition
  /// The share of the runs of five words that occur twice or more; 0.1 and 0.2.
  case maximumWordRepetition
  /// The share of characters that are no letters, white space included; 0.3 and 0.275.
  case maximumSpecialCharacters
  /// The share of words that are English function words; 0.3 and 0.35.
  case minimumStopWords
  /// The share of words that are in the list of flagged words; 0.01 and 0.01.
  case maximumFlaggedWords
  /// The share of words that are in the list of spam words; 0.12 for blocks.
  case maximumSpamWords
  /// The share of punctuation among words and punctuation; 0.001 and 0.03.
  case minimumPunctuation
  /// The share of capitals among the letters; OmniCorpus's 0.8 for blocks
  /// (<https://arxiv.org/abs/2406.08418>, appendix).
  case maximumCapitals
  /// The share of digits among the characters; OmniCorpus's 0.8 for blocks.
  case maximumDigits

  /// The reason for dropping a block or a document.
  public var code: Reason.Code {
    switch self {
    case .minimumWords: .tooFewWords
    case .maximumWords: .tooManyWords
    case .maximumCharacterRepetition: .characterRepetition
    case .maximumWordRepetition: .wordRepetition
    case .maximumSpecialCharacters: .tooManySpecialCharacters
    case .minimumStopWords: .tooFewStopWords
    case .maximumFlaggedWords: .flaggedWords
    case .maximumSpamWords: .spamWords
    case .minimumPunctuation: .tooLittlePunctuation
    case .maximumCapitals: .tooManyCapitals
    case .maximumDigits: .tooManyDigits
    }
  }

  /// The limits that can be meant.
  public var accepted: ClosedRange<Double> {
    self == .minimumWords || self == .maximumWords ? 0...1e12 : 0...1
  }
}

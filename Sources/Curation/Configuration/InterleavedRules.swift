/// Which documents are kept in the interleaved corpus, and how many of their images.
public struct InterleavedRules: Hashable, Sendable {
  /// The least number of words; OBELICS's 10 (<https://arxiv.org/abs/2306.16527>, appendix A.1).
  public var minimumWords = 10
  /// The most images of a document, of which the first are kept; KOSMOS-1's 5.
  ///
  /// `nil` keeps all.
  public var maximumImages: Int? = 5
  /// The share of the documents with exactly one image that is discarded; KOSMOS-1's half.
  public var singleImageDiscard = 0.5

  /// Makes the default rules.
  public init() {}
}

extension InterleavedRules: Codable {
  private enum CodingKeys: String, CodingKey {
    case minimumWords, maximumImages, singleImageDiscard
  }

  /// Reads rules; those that are absent take their defaults.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try container.read(&minimumWords, .minimumWords)
    try container.read(&maximumImages, .maximumImages)
    try container.read(&singleImageDiscard, .singleImageDiscard)
  }

  /// Writes every rule, a rule that is off as `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(minimumWords, forKey: .minimumWords)
    try container.encode(maximumImages, forKey: .maximumImages)
    try container.encode(singleImageDiscard, forKey: .singleImageDiscard)
  }
}

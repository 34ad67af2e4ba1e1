/// Which documents are kept in the text corpus.
public struct TextRules: Hashable, Sendable {
  /// The least number of words; Gopher's 50 (<https://arxiv.org/abs/2112.11446>, A.1.1).
  public var minimumWords = 50
  /// Whether a document of the interleaved corpus is left out of the text corpus.
  ///
  /// Off by default: KOSMOS-1 draws both corpora from Common Crawl, each on its own.
  public var excludesInterleaved = false

  /// Makes the default rules.
  public init() {}
}

extension TextRules: Codable {
  private enum CodingKeys: String, CodingKey { case minimumWords, excludesInterleaved }

  /// Reads rules; those that are absent take their defaults.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try container.read(&minimumWords, .minimumWords)
    try container.read(&excludesInterleaved, .excludesInterleaved)
  }
}

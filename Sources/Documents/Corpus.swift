/// What a model is trained on: the three corpora that one pass over a crawl gives, as KOSMOS-1 mixes
/// them (§2.3 of the paper), and the examples of instruction tuning (§3.3).
public enum Corpus: String, Hashable, Sendable, Codable, CaseIterable {
  /// Documents with images among their text.
  case interleaved
  /// Single images with a caption.
  case pairs
  /// Documents of text alone.
  case text
  /// Instructions with their answers; no crawl gives them.
  case instructions

  /// The corpora that a crawl gives.
  public static let crawled: [Corpus] = [.interleaved, .pairs, .text]
}

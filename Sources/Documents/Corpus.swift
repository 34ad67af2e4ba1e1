/// The three corpora that one pass over a crawl gives, as KOSMOS-1 mixes them (§2.3 of the paper).
public enum Corpus: String, Hashable, Sendable, Codable, CaseIterable {
  /// Documents with images among their text.
  case interleaved
  /// Single images with a caption.
  case pairs
  /// Documents of text alone.
  case text
}

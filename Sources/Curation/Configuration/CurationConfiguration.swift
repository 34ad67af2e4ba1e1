/// Every threshold of curation; the defaults are the rules of KOSMOS-1.
///
/// KOSMOS-1 (<https://arxiv.org/abs/2302.14045>, §3.1 and B.1) says which rules it has, and gives
/// figures for some of them only: English, 64 pixels, five images, half of the single-image documents.
/// Where it gives none the rule's own documentation names the source of the figure.
///
/// A key that is absent takes its default; `null` switches an optional rule off.
public struct CurationConfiguration: Hashable, Sendable {
  /// The seed of the sampling decisions.
  public var seed: UInt64 = 0
  /// Which languages are wanted, and how surely.
  public var language = LanguageRules()
  /// Which images are kept.
  public var images = ImageRules()
  /// Which texts are spam.
  public var spam = SpamRules()
  /// Which documents are kept in the interleaved corpus.
  public var interleaved = InterleavedRules()
  /// Which documents are kept in the text corpus.
  public var text = TextRules()
  /// Which captions make a pair with their image.
  public var pairs = PairRules()

  /// The rules of KOSMOS-1.
  public static let kosmos1 = CurationConfiguration()

  /// Makes the rules of KOSMOS-1.
  public init() {}
}

extension CurationConfiguration: Codable {
  private enum CodingKeys: String, CodingKey {
    case seed, language, images, spam, interleaved, text, pairs
  }

  /// Reads rules; those that are absent take their defaults.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try container.read(&seed, .seed)
    try container.read(&language, .language)
    try container.read(&images, .images)
    try container.read(&spam, .spam)
    try container.read(&interleaved, .interleaved)
    try container.read(&text, .text)
    try container.read(&pairs, .pairs)
  }
}

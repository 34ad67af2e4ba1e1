/// Which texts are spam, by what they hold for each word.
///
/// KOSMOS-1 drops "meaningless text (spam, gibberish)" by heuristics on emoji, hashtags and links, and
/// publishes no figure.
public struct SpamRules: Hashable, Sendable {
  /// The most emoji, hashtags and links for each word; `nil` switches a rule off.
  public struct Thresholds: Hashable, Sendable {
    /// The most emoji for each word.
    public var emoji: Double?
    /// The most hashtags for each word.
    public var hashtags: Double?
    /// The most links for each word.
    public var links: Double?

    /// Makes thresholds from their parts.
    public init(emoji: Double?, hashtags: Double?, links: Double?) {
      self.emoji = emoji
      self.hashtags = hashtags
      self.links = links
    }
  }

  /// The thresholds of a single text block or caption.
  ///
  /// They are weft's own: one emoji may stand beside one word, and a block of which a third is hashtags
  /// or links says nothing without them.
  public var node = Thresholds(emoji: 0.5, hashtags: 0.3, links: 0.3)
  /// The thresholds of a whole document.
  ///
  /// A tenth is Gopher's figure for hash signs a word (<https://arxiv.org/abs/2112.11446>, A.1.1),
  /// taken for emoji and links as well.
  public var document = Thresholds(emoji: 0.1, hashtags: 0.1, links: 0.1)

  /// Makes the default rules.
  public init() {}
}

extension SpamRules: Codable {
  private enum CodingKeys: String, CodingKey { case node, document }

  /// Reads rules; those that are absent take their defaults.
  public init(from decoder: any Decoder) throws {
    let defaults = SpamRules()
    let container = try decoder.container(keyedBy: CodingKeys.self)
    node = try container.thresholds(.node, over: defaults.node)
    document = try container.thresholds(.document, over: defaults.document)
  }
}

extension SpamRules.Thresholds: Encodable {
  fileprivate enum CodingKeys: String, CodingKey { case emoji, hashtags, links }

  /// Writes every threshold, a rule that is off as `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(emoji, forKey: .emoji)
    try container.encode(hashtags, forKey: .hashtags)
    try container.encode(links, forKey: .links)
  }
}

extension KeyedDecodingContainer {
  /// Reads thresholds over defaults that depend on where they stand.
  fileprivate func thresholds(
    _ key: Key, over defaults: SpamRules.Thresholds
  ) throws -> SpamRules.Thresholds {
    guard contains(key) else { return defaults }
    var thresholds = defaults
    let container = try nestedContainer(
      keyedBy: SpamRules.Thresholds.CodingKeys.self, forKey: key)
    try container.read(&thresholds.emoji, .emoji)
    try container.read(&thresholds.hashtags, .hashtags)
    try container.read(&thresholds.links, .links)
    return thresholds
  }
}

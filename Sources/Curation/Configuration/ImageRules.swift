public import Documents

/// Which images are kept, in all corpora.
public struct ImageRules: Hashable, Sendable {
  /// Words that a dropped image's URL holds, in lower case; none by default.
  ///
  /// KOSMOS-1 has no such rule; ``mmc4URLWords`` are those of mmc4.
  public var urlWords: [String] = []
  /// The file formats that are kept; all that weft decodes where none is named.
  public var formats: [ResolvedImage.Format] = []
  /// The least number of pixels of the shorter side; KOSMOS-1's 64.
  public var minimumSide = 64
  /// The most pixels of the longer side; off by default, OBELICS has 20,000.
  public var maximumSide: Int?
  /// The largest ratio of the longer to the shorter side; off by default, as in KOSMOS-1.
  ///
  /// mmc4 and OBELICS have 2, COYO-700M has 3.
  public var maximumAspectRatio: Double?
  /// Whether an image of a single colour is dropped, as KOSMOS-1 does.
  public var dropsSingleColour = true
  /// The largest score of the pipeline's classifier, from 0 to 1; off by default, as in KOSMOS-1.
  ///
  /// The scores of Open-NSFW are unsafe above 0.8 and safe below 0.2 by its authors' word; OBELICS drops
  /// above 0.85 of another classifier, mmc4 above 0.1 of a third.
  public var maximumUnsafeScore: Double?
  /// Whether an image that the document shows before is dropped; mmc4 keeps one a page as well.
  public var dropsDuplicates = true
  /// How many bits two images of a document may be apart for the later one to be dropped, and two of the
  /// run to be counted as one for ``maximumPages``; off by default, mmc4 has 5.
  public var nearDuplicateBits: Int?
  /// The most pages of the run that may show an image; OBELICS's 10.
  ///
  /// KOSMOS-1 has no such rule: its preset switches it off.
  public var maximumPages: Int? = 10

  /// The words of mmc4 (<https://arxiv.org/abs/2304.06939>, §3).
  public static let mmc4URLWords = ["logo", "button", "icon", "plugin", "widget"]

  /// Makes the default rules.
  public init() {}
}

extension ImageRules: Codable {
  private enum CodingKeys: String, CodingKey {
    case urlWords, formats, minimumSide, maximumSide, maximumAspectRatio, dropsSingleColour
    case maximumUnsafeScore, dropsDuplicates, nearDuplicateBits, maximumPages
  }

  /// Reads rules; those that are absent take their defaults.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try container.read(&urlWords, .urlWords)
    try container.read(&formats, .formats)
    try container.read(&minimumSide, .minimumSide)
    try container.read(&maximumSide, .maximumSide)
    try container.read(&maximumAspectRatio, .maximumAspectRatio)
    try container.read(&dropsSingleColour, .dropsSingleColour)
    try container.read(&dropsDuplicates, .dropsDuplicates)
    try container.read(&nearDuplicateBits, .nearDuplicateBits)
    try container.read(&maximumPages, .maximumPages)
    try container.read(&maximumUnsafeScore, .maximumUnsafeScore)
  }

  /// Writes every rule, a rule that is off as `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(urlWords, forKey: .urlWords)
    try container.encode(formats, forKey: .formats)
    try container.encode(minimumSide, forKey: .minimumSide)
    try container.encode(maximumSide, forKey: .maximumSide)
    try container.encode(maximumAspectRatio, forKey: .maximumAspectRatio)
    try container.encode(dropsSingleColour, forKey: .dropsSingleColour)
    try container.encode(dropsDuplicates, forKey: .dropsDuplicates)
    try container.encode(nearDuplicateBits, forKey: .nearDuplicateBits)
    try container.encode(maximumPages, forKey: .maximumPages)
    try container.encode(maximumUnsafeScore, forKey: .maximumUnsafeScore)
  }
}

/// Which captions make a pair with their image.
///
/// KOSMOS-1 takes its pairs from LAION and COYO-700M; these are the rules that both have for text.
public struct PairRules: Hashable, Sendable {
  /// The least number of characters; LAION's 5 (<https://arxiv.org/abs/2210.08402>, §3).
  public var minimumCharacters = 5
  /// The most characters; COYO-700M's 1,000 (<https://github.com/kakaobrain/coyo-dataset>).
  public var maximumCharacters = 1_000
  /// The least number of words; COYO-700M's 3.
  public var minimumWords = 3
  /// The most words; COYO-700M's 256.
  public var maximumWords = 256
  /// Captions that say nothing, in lower case, whatever number or punctuation follows them.
  public var boilerplate = Self.standardBoilerplate
  /// The least share of a caption's letters in the Latin script, from 0 to 1; `nil` allows all.
  ///
  /// A few words are too little for language identification, so a caption is taken to be in its
  /// page's language where nothing speaks against it: its script, or ``minimumLetterBytes``. A fifth
  /// leaves room for a name in its own script.
  public var minimumLatinShare: Double? = 0.8
  /// How many bytes of letters a caption needs to be dropped for its own language; `nil` for never.
  ///
  /// It catches captions that were translated on a page that was not, or the other way round. Of the
  /// one-line descriptions of Debian's packages, 25 bytes refuse 0.2 % of the English ones and from
  /// 59 to 84 % of their translations.
  public var minimumLetterBytes: Int? = 25

  /// Makes the default rules.
  public init() {}

  private static let standardBoilerplate = [
    "a picture", "an image", "avatar", "banner", "click to enlarge", "default alt text", "figure",
    "graphic", "icon", "illustration", "image", "image for", "image of", "img", "loading", "logo",
    "photo", "photo of", "photograph", "pic", "picture", "picture of", "placeholder", "screen shot",
    "screenshot", "spacer", "thumb", "thumbnail", "thumbnail for", "thumbnail image", "untitled",
  ]
}

extension PairRules: Codable {
  private enum CodingKeys: String, CodingKey {
    case minimumCharacters, maximumCharacters, minimumWords, maximumWords, boilerplate
    case minimumLatinShare, minimumLetterBytes
  }

  /// Reads rules; those that are absent take their defaults.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try container.read(&minimumCharacters, .minimumCharacters)
    try container.read(&maximumCharacters, .maximumCharacters)
    try container.read(&minimumWords, .minimumWords)
    try container.read(&maximumWords, .maximumWords)
    try container.read(&boilerplate, .boilerplate)
    try container.read(&minimumLatinShare, .minimumLatinShare)
    try container.read(&minimumLetterBytes, .minimumLetterBytes)
  }

  /// Writes every rule, a rule that is off as `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(minimumCharacters, forKey: .minimumCharacters)
    try container.encode(maximumCharacters, forKey: .maximumCharacters)
    try container.encode(minimumWords, forKey: .minimumWords)
    try container.encode(maximumWords, forKey: .maximumWords)
    try container.encode(boilerplate, forKey: .boilerplate)
    try container.encode(minimumLatinShare, forKey: .minimumLatinShare)
    try container.encode(minimumLetterBytes, forKey: .minimumLetterBytes)
  }
}

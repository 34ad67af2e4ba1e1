/// C4's rules for lines of prose and for documents, all off by default
/// (<https://jmlr.org/papers/volume21/20-074/20-074.pdf>, §2.2).
///
/// Left out: the list of bad words, which `flaggedWords` takes the place of, and the removal of
/// citation marks, which takes the index from `list[0]` as well.
public struct C4Rules: Hashable, Sendable {
  /// Whether a line must end in a full stop, a question or exclamation mark or a quotation mark.
  public var requiresTerminalPunctuation = false
  /// The least number of words of a line; C4's 3.
  public var minimumLineWords: Int?
  /// The most characters of a word of a line; C4's 1,000.
  public var maximumWordCharacters: Int?
  /// Whether lines are dropped that ask for JavaScript.
  public var dropsScriptNotices = false
  /// Whether lines are dropped that tell of cookies, privacy policies and terms of use.
  public var dropsPolicies = false
  /// Whether a document is dropped whose prose has a curly bracket.
  public var dropsCurlyBrackets = false
  /// Whether a document is dropped that has "lorem ipsum".
  public var dropsLoremIpsum = false
  /// The least number of sentences of a document; C4's 5, and 4 of mmc4's core.
  public var minimumSentences: Int?
  /// The most sentences of a document; 40 in mmc4's core (<https://arxiv.org/abs/2304.06939>, §3).
  public var maximumSentences: Int?

  /// Makes rules that are all off.
  public init() {}

  /// Whether any line can be taken out.
  var editsLines: Bool {
    requiresTerminalPunctuation || minimumLineWords != nil || maximumWordCharacters != nil
      || dropsScriptNotices || dropsPolicies
  }
}

extension C4Rules: Codable {
  private enum CodingKeys: String, CodingKey {
    case requiresTerminalPunctuation, minimumLineWords, maximumWordCharacters, dropsScriptNotices
    case dropsPolicies, dropsCurlyBrackets, dropsLoremIpsum, minimumSentences, maximumSentences
  }

  /// Reads rules; those that are absent take their defaults.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try container.read(&requiresTerminalPunctuation, .requiresTerminalPunctuation)
    try container.read(&minimumLineWords, .minimumLineWords)
    try container.read(&maximumWordCharacters, .maximumWordCharacters)
    try container.read(&dropsScriptNotices, .dropsScriptNotices)
    try container.read(&dropsPolicies, .dropsPolicies)
    try container.read(&dropsCurlyBrackets, .dropsCurlyBrackets)
    try container.read(&dropsLoremIpsum, .dropsLoremIpsum)
    try container.read(&minimumSentences, .minimumSentences)
    try container.read(&maximumSentences, .maximumSentences)
  }

  /// Writes every rule, a rule that is off as `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(requiresTerminalPunctuation, forKey: .requiresTerminalPunctuation)
    try container.encode(minimumLineWords, forKey: .minimumLineWords)
    try container.encode(maximumWordCharacters, forKey: .maximumWordCharacters)
    try container.encode(dropsScriptNotices, forKey: .dropsScriptNotices)
    try container.encode(dropsPolicies, forKey: .dropsPolicies)
    try container.encode(dropsCurlyBrackets, forKey: .dropsCurlyBrackets)
    try container.encode(dropsLoremIpsum, forKey: .dropsLoremIpsum)
    try container.encode(minimumSentences, forKey: .minimumSentences)
    try container.encode(maximumSentences, forKey: .maximumSentences)
  }
}

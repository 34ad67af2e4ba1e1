/// Which languages are wanted, and how surely.
public struct LanguageRules: Hashable, Sendable {
  /// The ISO 639 codes of the wanted languages; all languages where it is empty.
  public var accepted: [String] = ["en"]
  /// The least share of a page's letters in the wanted languages, from 0 to 100.
  ///
  /// FineWeb (<https://arxiv.org/abs/2406.17557>) asks for a probability of 0.65; CLD2's share is another
  /// measure, and a page that is two thirds English is English by either.
  public var minimumPercentage = 65
  /// Whether a page is dropped where CLD2 calls its own answer unreliable.
  public var requiresReliable = true
  /// How many bytes of letters a page needs to be judged by its text.
  ///
  /// A page with fewer is judged by the language it declares. CLD2's authors measured it on 200
  /// characters and more; below about fifty bytes its answers change with single words.
  public var minimumLetterBytes = 50

  /// Makes the default rules.
  public init() {}
}

extension LanguageRules: Codable {
  private enum CodingKeys: String, CodingKey {
    case accepted, minimumPercentage, requiresReliable, minimumLetterBytes
  }

  /// Reads rules; those that are absent take their defaults.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try container.read(&accepted, .accepted)
    try container.read(&minimumPercentage, .minimumPercentage)
    try container.read(&requiresReliable, .requiresReliable)
    try container.read(&minimumLetterBytes, .minimumLetterBytes)
  }
}

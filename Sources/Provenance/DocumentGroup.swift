/// How much of a run is of one domain or in one language.
public struct DocumentGroup: Hashable, Sendable, Codable {
  /// What documents are grouped by.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// The domain of the page's URL.
    case domain
    /// The language that curation found the page to be in; empty where it found none.
    case language
  }

  /// What the documents are grouped by.
  public var kind: Kind
  /// The domain or language that they share.
  public var value: String
  /// How many documents there are: extracted ones of a domain, ones that curation judged of a language.
  public var documents = 0
  /// How many characters those have.
  public var characters = 0
  /// How many documents the interleaved corpus has.
  public var interleaved = 0
  /// How many documents the text corpus has.
  public var texts = 0
  /// How many pairs the pairs corpus has.
  public var pairs = 0

  /// Makes a group of nothing.
  public init(kind: Kind, value: String) {
    self.kind = kind
    self.value = value
  }

  /// The groups of a domain and a language, each with what a document of theirs adds to it.
  static func groups(
    _ domain: String, _ language: String?, _ body: (inout DocumentGroup) -> Void
  ) -> [DocumentGroup] {
    [(Kind.domain, domain), (.language, language ?? "")].map { kind, value in
      var group = DocumentGroup(kind: kind, value: value)
      body(&group)
      return group
    }
  }

  /// Adds what another part has of the group.
  mutating func add(_ other: DocumentGroup) {
    documents += other.documents
    characters += other.characters
    interleaved += other.interleaved
    texts += other.texts
    pairs += other.pairs
  }
}

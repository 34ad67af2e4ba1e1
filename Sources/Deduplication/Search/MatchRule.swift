/// What documents, or blocks of documents, may agree in.
public enum MatchRule: Int, Hashable, Sendable, Codable, CaseIterable {
  /// The normalised URL.
  case url
  /// All words.
  case text
  /// The set of image URLs.
  case images
  /// Host and words of a text block.
  case paragraphs

  /// The rule that a file names.
  init?(code: UInt64) { self.init(rawValue: Int(truncatingIfNeeded: code)) }

  /// How a file names the rule.
  var code: UInt64 { UInt64(rawValue) }

  /// Whether documents that agree in it are duplicates as a whole.
  public var isOfDocuments: Bool { self != .paragraphs }

  /// What a document is compared by; 0 where it is not.
  func key(_ row: SignatureFile.Row) -> UInt64 {
    switch self {
    case .url: row.url
    case .text: row.text
    case .images: row.images
    case .paragraphs: 0
    }
  }
}

extension DeduplicationConfiguration {
  /// The rules that are on, in the order in which they take turns.
  public var matchRules: [MatchRule] {
    MatchRule.allCases.filter { rule in
      switch rule {
      case .url: url
      case .text: text
      case .images: images.enabled
      case .paragraphs: paragraphs.enabled
      }
    }
  }
}

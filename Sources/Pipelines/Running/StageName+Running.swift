internal import Documents

extension StageName {
  /// What the stage counts its progress in.
  var progressUnit: ProgressUnit {
    switch self {
    case .read, .tokenizer, .base, .instructions: .bytes
    case .extract, .signatures, .deduplicate, .curate, .tokenize: .documents
    case .images, .fetch, .classify, .resolve, .encode: .images
    case .shard: .sequences
    case .train: .steps
    }
  }

  /// Whether the stage's partitions bound their work themselves and are worked on one after the
  /// other.
  var isSequential: Bool { self == .train || self == .fetch }
}

extension StageName {
  /// Whether a stage comes before another, or is it.
  func isUpTo(_ last: StageName) -> Bool {
    let order = Self.allCases
    return order.firstIndex(of: self) ?? 0 <= order.firstIndex(of: last) ?? 0
  }
}

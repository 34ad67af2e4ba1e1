public import Documents

extension StageName {
  /// What the stage counts its progress in.
  var progressUnit: ProgressUnit {
    switch self {
    case .read, .sample, .tokenizer, .base, .instructions: .bytes
    case .extract, .signatures, .match, .compare, .deduplicate, .curate, .tokenize:
      .documents
    case .images, .fetch, .classify, .locate, .alike, .resolve, .encode: .images
    case .shard, .catalog: .sequences
    case .train: .steps
    }
  }

  /// Whether the stage's partitions bound their work themselves and are worked on one after the
  /// other.
  var isSequential: Bool { self == .train || self == .fetch }

  /// Whether the stage is worked on by the driver itself, whatever the executor.
  ///
  /// Fetching keeps its state in the ledger and asks each host at most so often over the whole run;
  /// training goes on from its own checkpoints; a base is read where it stands.
  var runsWhereTheDriverIs: Bool { self == .train || self == .fetch || self == .base }
}

extension StageName {
  /// Whether another training comes of what the stage made once something was cut out of it: later keys
  /// are then made of the files as they are.
  var isCutByForgetting: Bool { self == .shard || self == .catalog }

  /// The stages whose outputs a stage reads that runs where the driver is.
  var sources: Set<StageName> {
    switch self {
    case .fetch: [.read, .extract]
    case .train: [.shard, .catalog, .tokenizer]
    default: []
    }
  }

  /// Whether workers can make the stage, wherever they run.
  public var isMadeByWorkers: Bool { !runsWhereTheDriverIs }

  /// Whether a stage comes before another, or is it.
  func isUpTo(_ last: StageName) -> Bool {
    let order = Self.allCases
    return order.firstIndex(of: self) ?? 0 <= order.firstIndex(of: last) ?? 0
  }
}

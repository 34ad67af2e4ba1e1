internal import Documents

/// The key of a part: its stage above its partition, so that it depends on nothing else.
enum PartKey {
  /// The key of a partition of a stage.
  static func value(_ stage: StageName, _ partition: Int) -> Int64 {
    number(of: stage) << 32 | Int64(partition)
  }

  /// The stage of a part.
  static func stage(of part: Int64) -> StageName? {
    StageName.allCases.first { number(of: $0) == part >> 32 }
  }

  /// The number of a stage in keys; one that is given is never given to another stage.
  private static func number(of stage: StageName) -> Int64 {
    switch stage {
    case .read: 1
    case .extract: 2
    case .images: 3
    case .curate: 4
    case .tokenizer: 5
    case .tokenize: 6
    case .encode: 7
    case .shard: 8
    case .train: 9
    case .fetch: 10
    case .signatures: 11
    case .deduplicate: 12
    case .resolve: 13
    case .classify: 14
    case .base: 15
    case .instructions: 16
    case .match: 17
    case .compare: 18
    case .locate: 19
    case .alike: 20
    case .sample: 21
    case .catalog: 22
    }
  }
}

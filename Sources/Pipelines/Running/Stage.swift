public import Documents

/// One stage of a run: a plan of partitions, made once everything before it is done.
public protocol Stage: Sendable {
  /// Which stage it is.
  var name: StageName { get }

  /// Divides the stage's work into partitions.
  ///
  /// The division depends on the inputs and the pipeline alone, never on workers or on what an earlier
  /// run had done.
  func plan(_ run: RunContext) throws -> [Partition]

  /// The files of the run directory that planning reads, beside manifests and what is forgotten.
  ///
  /// A worker that has no more of the run directory than these, and what its partitions name by
  /// ``Partition/reads``, makes the same bytes.
  func planReads(_ run: RunContext) throws -> [String]
}

extension Stage {
  /// Planning reads nothing but manifests.
  public func planReads(_ run: RunContext) throws -> [String] { [] }
}

/// One partition of a stage: the unit of work, of resuming, and of loss in a crash.
public struct Partition: Sendable {
  /// The partition's index in its stage.
  public var index: Int
  /// Everything its outputs depend on, beside the version of weft.
  public var key: PartitionKey
  /// Its work, in the stage's ``ProgressUnit``.
  public var work: Int64
  /// The files of the run directory that it reads, beside those that planning reads.
  public var reads: [String]
  /// An output that tells what the partition is of, where another division gives its index to another
  /// thing: what an earlier run had made at the index is then removed before anything is made, since
  /// another partition may be about to give its files their names.
  public var identifyingOutput: String?
  /// Makes the outputs; a pure function of what ``key`` names.
  public var body: @Sendable (PartitionWriter) throws -> StageCounts

  /// Makes a partition from its parts.
  public init(
    index: Int, key: PartitionKey, work: Int64, reads: [String] = [],
    identifyingOutput: String? = nil,
    body: @escaping @Sendable (PartitionWriter) throws -> StageCounts
  ) {
    self.index = index
    self.key = key
    self.work = work
    self.reads = reads
    self.identifyingOutput = identifyingOutput
    self.body = body
  }
}

internal import Compression
public import Documents
internal import Hashing
public import Provenance
internal import Storage
internal import Synchronization

/// What a partition writes to: named outputs, rows of the ledger, and progress.
public final class PartitionWriter: Sendable {
  /// The run directory, which the partition reads.
  public let directory: RunDirectory
  /// Where its outputs go: the run directory, or that of one attempt among several.
  private let outputs: RunDirectory
  /// The digest of everything the partition depends on.
  public let key: Digest
  private let stage: StageName
  private let rows: String
  private let progress: any ProgressSink
  private let interruption: Interruption
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var outputs: [String] = []
    var rows: JSONLinesWriter?
    var reused = 0
  }

  init(
    directory: RunDirectory, outputs: RunDirectory, stage: StageName, partition: Int, key: Digest,
    progress: any ProgressSink, interruption: Interruption
  ) throws {
    self.directory = directory
    self.outputs = outputs
    self.key = key
    self.stage = stage
    self.progress = progress
    self.interruption = interruption
    rows = RunDirectory.ledgerPart(stage, partition)
    state = Mutex(State(rows: try JSONLinesWriter(path: outputs.path(rows))))
  }

  /// Registers an output, named relative to the run directory; returns its full path.
  ///
  /// The partition must commit the file before it ends.
  public func output(_ relative: String) -> String {
    state.withLock { $0.outputs.append(relative) }
    return path(of: relative)
  }

  /// The full path of what is named relative to where the partition's outputs go, without
  /// registering it.
  public func path(of relative: String) -> String { outputs.path(relative) }

  /// Adds a row to the ledger.
  public func record(_ row: LedgerRow) throws {
    try state.withLock { try $0.rows?.write(row) }
  }

  /// Says that more of the partition's work is done.
  public func advance(by amount: Int64) { progress.advance(stage: stage, by: amount) }

  /// Says how many things were taken over from an earlier run instead of being made.
  ///
  /// The outputs do not tell it: they are the same either way.
  public func reuse(_ count: Int) { state.withLock { $0.reused += count } }

  /// How many things were taken over.
  var reused: Int { state.withLock { $0.reused } }

  /// Shows a few words beside the progress, such as a loss.
  public func say(_ text: String) { progress.say(stage: stage, text) }

  /// Leaves a line that stays, such as a validation's result.
  public func note(_ line: String) { progress.note(stage: stage, line) }

  /// Tells the user of something they should know.
  public func warn(_ message: String) { progress.warn(message) }

  /// Leaves with `CancellationError` where the run has been asked to stop.
  public func checkInterruption() throws { try interruption.check() }

  /// Whether the run has been asked to stop.
  public var isInterrupted: Bool { interruption.isRaised }

  /// Adds the rows every partition gives, commits them, and returns what was written, by path.
  func finish(_ counts: StageCounts) throws -> [PartitionManifest.Output] {
    let paths = state.withLock { $0.outputs }
    var outputs = try paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map(describe)
    try record(.counts(counts))
    for output in outputs {
      try record(.artefact(.init(path: output.path, bytes: output.bytes, digest: output.digest)))
    }
    try state.withLock { state in
      guard let rows = state.rows.take() else { preconditionFailure("a partition ends once") }
      try rows.commit()
    }
    outputs.append(try describe(rows))
    return outputs
  }

  private func describe(_ relative: String) throws -> PartitionManifest.Output {
    let path = outputs.path(relative)
    guard let bytes = FileSystem.size(path) else {
      preconditionFailure("stage \(stage.rawValue) named '\(relative)' and did not write it")
    }
    return PartitionManifest.Output(path: relative, bytes: bytes, digest: try Digest(ofFile: path))
  }
}

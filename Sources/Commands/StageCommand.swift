import ArgumentParser
import CProcess
import Documents
import Foundation
import Pipelines
import Storage

/// `weft stage`: a share of one stage's partitions, for a driver on another machine.
struct StageCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stage",
    abstract: "Make a share of the partitions of one stage, for a driver elsewhere.",
    discussion: """
      What `weft run --executor ray` or `slurm` starts on other machines, and what any other engine may \
      start. It makes the partitions p with p % N = I of a stage that a driver has planned, and commits \
      each; it may be killed and begun again anywhere, as often as one likes at once. It ends with the \
      process that started it. Exit status, beside the usual: 75, the driver no longer wants this, or does \
      not yet. docs/scale.md has the contract.
      """)

  @Argument(help: "The stage, such as extract.")
  var stage: String

  @Argument(help: "The pipeline file of the run.", completion: .file())
  var pipeline: String

  @Option(help: ArgumentHelp("Which share.", valueName: "I"))
  var partition: Int

  @Option(help: ArgumentHelp("How many shares there are.", valueName: "N"))
  var of: Int

  @Option(help: ArgumentHelp("The run, instead of the one the pipeline names.", valueName: "uri"))
  var run: String?

  @Option(name: .shortAndLong, help: "How many partitions to work on at once.")
  var workers = 1

  func validate() throws {
    guard let name = StageName(rawValue: stage) else {
      let names = StageName.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("there is no stage '\(stage)'; the stages are \(names)")
    }
    guard name.isMadeByWorkers else {
      throw ValidationError("the stage '\(stage)' runs where the driver is; `weft run` makes it")
    }
    guard of > 0, (0..<of).contains(partition) else {
      throw ValidationError("--partition takes a number from 0 to one below that of --of")
    }
    if workers < 1 { throw ValidationError("--workers takes a number of at least 1") }
  }

  func run() async throws {
    guard CProcess_die_with_parent() == 0 else { throw ExitCode(ExitStatus.failure.rawValue) }
    try await ExitStatus.reporting {
      var configuration = try PipelineFile.read(pipeline)
      if let run { configuration.output = run }
      let interruption = Interruption()
      let signals = InterruptSignal.listen(raising: interruption, isQuiet: true)
      defer { withExtendedLifetime(signals) {} }
      let isStored = configuration.output.hasPrefix("s3://")
      let scratch = isStored ? Self.newScratch() : nil
      defer { if let scratch { try? Directory.remove(scratch) } }
      let worker = try StageWorker(
        try found(), configuration: configuration,
        store: isStored
          ? try ObjectRunStore(configuration.output, interruption: interruption) : nil,
        scratch: scratch, patience: Self.patience, interruption: interruption)
      let outcome = try await worker.make(share: partition, of: of, workers: workers)
      try JSONOutput.write(outcome)
    }
  }

  /// An engine that tries again a few times covers a minute, for which clients of NFS may keep that a file is
  /// not there (nfs(5), acdirmax).
  private static let patience = Duration.seconds(15)

  /// A directory for what is read and made; one that a killed worker left is the machine's to remove.
  private static func newScratch() -> String {
    NSTemporaryDirectory() + "weft-\(UInt64.random(in: 0...(.max)))"
  }

  /// The stage, of the model half where it needs it.
  private func found() throws -> any Stage {
    let own =
      StageList.curation + StageList.tokenization + [InstructionsStage()] + StageList.sharding
    if let found = own.first(where: { $0.name.rawValue == stage }) { return found }
    let all = try Model.required().stages
    guard let found = all.first(where: { $0.name.rawValue == stage }) else {
      preconditionFailure("every stage is in one of the halves")
    }
    return found
  }
}

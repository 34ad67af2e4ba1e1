import ArgumentParser
import Documents
import Pipelines

/// `weft provenance`: the ledger as a whole.
struct ProvenanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "provenance", abstract: "Work on the ledger of a run.",
    subcommands: [MergeCommand.self])

  /// `weft provenance merge`: the parts of all partitions into the ledger.
  struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "merge",
      abstract: "Fold what each partition recorded into the run's ledger.",
      discussion: """
        Parts may come in any order and any number of times; the ledger is the same. `weft run` does this \
        after each stage. A ledger that was lost is made anew, but for the states of fetched images.
        """)

    @Argument(help: "The run directory.", completion: .directory)
    var run: String

    func run() async throws {
      try await ExitStatus.reporting {
        let counts = try RunMerge.all(in: RunDirectory(run))
        print("\(run): \(counts.parts) parts, \(counts.merged) of them merged now")
      }
    }
  }
}

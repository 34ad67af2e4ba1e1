import ArgumentParser
import Documents
import Glibc
import Inspection

/// `weft stats`: the funnel, the corpora, the distributions.
struct StatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Print what each stage took in, passed on and dropped, and what the corpora hold.")

  @OptionGroup var run: InspectedRunOptions

  @Option(help: "With --shard: the corpus of one shard to tell of instead.")
  var corpus: Corpus = .interleaved

  @Option(help: "Tell of this shard of the corpus alone.")
  var shard: Int?

  func run() async throws {
    try await ExitStatus.reporting {
      if let shard { return try tell(of: shard) }
      let statistics = try Statistics(of: run.open())
      if run.json {
        try JSONOutput.write(statistics)
      } else {
        print(statistics.text(run.style))
      }
    }
  }

  private func tell(of shard: Int) throws {
    let statistics = try ShardStatistics(of: run.open(), corpus, shard)
    if run.json {
      try JSONOutput.write(statistics)
    } else {
      print(statistics.text(run.style), terminator: "")
    }
  }
}

/// What every command that looks at a run takes.
struct InspectedRunOptions: ParsableArguments {
  @Argument(help: "The run directory.", completion: .directory)
  var directory: String

  @Flag(help: "Print JSON.")
  var json = false

  /// Opens the run; of one in a store, what is of it on this machine.
  func open() throws -> InspectedRun { try InspectedRun(local) }

  /// The run directory on this machine.
  var local: String { Execution.mirror(of: directory) }

  /// How text is written to the terminal.
  var style: TextStyle {
    TextStyle(
      width: Terminal.width(of: STDOUT_FILENO), isColoured: Terminal.showsColours)
  }
}

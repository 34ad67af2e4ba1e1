import ArgumentParser
import Glibc
import Inspection

/// `weft stats`: the funnel, the corpora, the distributions.
struct StatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Print what each stage took in, passed on and dropped, and what the corpora hold.")

  @OptionGroup var run: InspectedRunOptions

  func run() async throws {
    try await ExitStatus.reporting {
      let statistics = try Statistics(of: run.open())
      if run.json {
        try JSONOutput.write(statistics)
      } else {
        print(statistics.text(run.style))
      }
    }
  }
}

/// What every command that looks at a run takes.
struct InspectedRunOptions: ParsableArguments {
  @Argument(help: "The run directory.", completion: .directory)
  var directory: String

  @Flag(help: "Print JSON.")
  var json = false

  /// Opens the run.
  func open() throws -> InspectedRun { try InspectedRun(directory) }

  /// How text is written to the terminal.
  var style: TextStyle {
    TextStyle(
      width: Terminal.width(of: STDOUT_FILENO), isColoured: Terminal.showsColours)
  }
}

import ArgumentParser
import Documents
import Inspection
import Storage

/// `weft report`: the run as one page.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a self-contained page of the run: report/index.html in the run directory.")

  @OptionGroup var run: InspectedRunOptions

  @Option(name: .shortAndLong, help: "Where to write the page instead.", completion: .file())
  var output: String?

  @Option(help: "Draws the samples that the page shows.")
  var seed: UInt64 = 0

  func run() async throws {
    try await ExitStatus.reporting {
      let opened = try run.open()
      var report = Report()
      report.seed = seed
      let path = output ?? opened.directory.path(RunDirectory.report)
      try AtomicFile.write(report.html(opened), to: path)
      if run.json { try JSONOutput.write(["report": path]) } else { print(path) }
    }
  }
}

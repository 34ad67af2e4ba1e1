import ArgumentParser
import Inspection
import Pipelines

/// `weft verify`: whether everything is there, whole, and accounted for.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check a run's files, counts, references, shards and lineage.",
    discussion: "Ends with status 1 where anything is found wrong; each finding names its remedy.")

  @OptionGroup var run: InspectedRunOptions

  @Option(help: "How many tokens of each corpus are traced back to the bytes of the archive.")
  var traces = 20

  @Option(help: "Draws the tokens that are traced.")
  var seed: UInt64 = 0

  @Flag(help: "Look instead for anything that is left of what `weft forget` took out.")
  var forgotten = false

  func run() async throws {
    try await ExitStatus.reporting {
      let verification =
        forgotten
        ? try Verification(ForgottenCheck(run.directory))
        : try run.open().verify(
          traces: traces, seed: seed, extract: { PageReader.extract($0, url: $1, id: $2) })
      if run.json {
        try JSONOutput.write(verification)
      } else {
        print(verification.text(run.style))
      }
      if !verification.isSound { throw ExitCode(ExitStatus.failure.rawValue) }
    }
  }
}

extension Verification {
  /// What is left of what was forgotten, as findings.
  fileprivate init(_ check: ForgottenCheck) {
    self.init()
    checked[Finding.Check.forgotten.rawValue] = check.checked
    findings = check.traces.map {
      Finding(
        .forgotten, $0.path, "it holds \($0.what)",
        remedy: $0.path.hasPrefix("fetched/")
          ? "weft forget does not rewrite fetched images; take the record out of the archive yourself"
          : "forget it again by the same `weft forget`")
    }
  }
}

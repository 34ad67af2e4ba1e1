import ArgumentParser
import Documents
import Inspection
import Pipelines

/// `weft verify`: whether everything is there, whole, and accounted for.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check a run's files, counts, references, shards and lineage.",
    discussion: """
      Ends with status 1 where anything is found wrong; each finding names its remedy. With --repair, what \
      is damaged or missing of what stages made is made again from its inputs first, and nothing else, and \
      compared with the bytes it had; docs/repair.md has the details.
      """)

  @OptionGroup var run: InspectedRunOptions

  @Option(help: "How many tokens of each corpus are traced back to the bytes of the archive.")
  var traces = 20

  @Option(help: "Draws the tokens that are traced.")
  var seed: UInt64 = 0

  @Flag(help: "Look instead for anything that is left of what `weft forget` took out.")
  var forgotten = false

  @Flag(
    help: "Make again first what is damaged or missing, and say whether it has the bytes it had.")
  var repair = false

  @Flag(help: "With --repair, take a run in a store over from a driver that is dead.")
  var takeOver = false

  func validate() throws {
    if repair && forgotten { throw ValidationError("name one of --repair and --forgotten") }
  }

  func run() async throws {
    try await ExitStatus.reporting {
      let report = repair ? try await repaired() : nil
      let verification =
        forgotten
        ? try Verification(ForgottenCheck(run.local))
        : try run.open().verify(
          traces: traces, seed: seed, extract: { PageReader.extract($0, url: $1, id: $2) })
      if run.json, let report {
        try JSONOutput.write(RepairedRun(repair: report, verification: verification))
      } else if run.json {
        try JSONOutput.write(verification)
      } else {
        if let report { print(report.text) }
        print(verification.text(run.style))
      }
      guard verification.isSound, report?.isRestored != false else {
        throw ExitCode(ExitStatus.failure.rawValue)
      }
    }
  }

  private func repaired() async throws -> RepairReport {
    let interruption = Interruption()
    let signals = InterruptSignal.listen(raising: interruption, isQuiet: false)
    defer { withExtendedLifetime(signals) {} }
    if let storage = try Execution.storage(
      of: run.directory, takingOver: takeOver, interruption: interruption)
    {
      // Another program may take over for the stages, which must not find its own lease.
      let (pipeline, last) = try StoredRepair.begun(storage)
      let stages = try RunSettings.stages(of: pipeline, through: last)
      return try await StoredRepair(storage, stages: stages)
        .perform(interruption: interruption)
    }
    let (pipeline, last) = try RunRepair.begun(run.directory)
    let stages = try RunSettings.stages(of: pipeline, through: last)
    return try await RunRepair(run.directory, stages: stages).perform(interruption: interruption)
  }
}

/// What `weft verify --repair --json` writes.
private struct RepairedRun: Encodable {
  var repair: RepairReport
  var verification: Verification
}

extension RepairReport {
  /// What was made again, a line a file.
  fileprivate var text: String {
    var lines = files.map { file in
      let outcome =
        switch file.outcome {
        case .identical: "made again, the same bytes"
        case .different: "made again, and has other bytes"
        case .unrecorded: "made again; nothing tells which bytes it had"
        }
      return "\(file.path): \(file.fault); \(outcome)"
    }
    if let ledger { lines.append("\(RunDirectory.ledger): \(ledger); made anew from its parts") }
    let made = partitions.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
    if !made.isEmpty { lines.append("partitions made again: " + made.joined(separator: ", ")) }
    if lines.isEmpty { lines = ["nothing was damaged"] }
    if !isRestored {
      lines.append(
        "what was made of files that have other bytes now was made again too, but for the training")
    }
    return lines.joined(separator: "\n") + "\n"
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

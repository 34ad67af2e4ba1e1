import ArgumentParser
import Curation
import Documents
import Glibc
import Inspection
import Pipelines

/// `weft curate`: up to the three corpora; or what rules would make of them.
struct CurateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "curate",
    abstract: "Make the three corpora by the pipeline's rules, or try rules out.",
    discussion: """
      With --dry-run, tells what the pipeline's rules would keep and drop, and with --compare, what two \
      presets disagree on. Both read the documents and images of the run directory, which it has once \
      `weft resolve` has run, and write nothing.
      """)

  @OptionGroup var options: RunOptions

  @Flag(help: "Print what would be kept and dropped, and write nothing.")
  var dryRun = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Compare two presets, by name or path, whatever the pipeline's rules are; write nothing.",
      valueName: "preset"))
  var compare: [String] = []

  @Option(help: "How many examples of each reason a comparison shows.")
  var examples = 3

  func validate() throws {
    if !compare.isEmpty && compare.count != 2 {
      throw ValidationError("--compare takes two presets, such as --compare obelics mmc4")
    }
    if !compare.isEmpty && dryRun {
      throw ValidationError("--dry-run and --compare are two ways to look; give one")
    }
    if examples < 0 { throw ValidationError("--examples takes a number of at least 0") }
  }

  func run() async throws {
    if dryRun {
      try await ExitStatus.reporting { try await printFunnel() }
    } else if !compare.isEmpty {
      try await ExitStatus.reporting { try await printComparison() }
    } else {
      try await options.execute(through: .curate)
    }
  }

  private var style: TextStyle {
    TextStyle(width: Terminal.width(of: STDOUT_FILENO), isColoured: Terminal.showsColours)
  }

  private func printFunnel() async throws {
    let pipeline = try PipelineFile.read(options.pipeline)
    let counts = try await trial(of: pipeline)
      .results(of: [pipeline.rules], gathered: StageCounts()) { $0.add($2[0].counts) }
      .reduce(into: StageCounts()) { $0.add($1) }
    if options.settings.json { try JSONOutput.write(counts) } else { print(counts.text(style)) }
  }

  private func printComparison() async throws {
    let pipeline = try PipelineFile.read(options.pipeline)
    let rules = try compare.map {
      var preset = try PipelineConfiguration().applying(Preset($0, file: options.pipeline))
      preset.seed = pipeline.seed
      return preset.rules
    }
    let empty = CurationComparison(
      first: compare[0], second: compare[1], examplesPerReason: examples)
    let comparison = try await trial(of: pipeline)
      .results(of: rules, gathered: empty) { $0.add($1, $2[0], $2[1]) }
      .reduce(into: empty) { $0.add($1) }
    if options.settings.json {
      try JSONOutput.write(comparison)
    } else {
      print(comparison.text(style))
    }
  }

  private func trial(of pipeline: PipelineConfiguration) throws -> CurationTrial {
    try CurationTrial(directory: options.settings.output ?? pipeline.output)
  }
}

extension PipelineConfiguration {
  /// The rules of curation with the pipeline's seed.
  fileprivate var rules: CurationConfiguration {
    var rules = curate
    rules.seed = seed
    return rules
  }
}

import ArgumentParser
import Documents
import Pipelines
import Storage

/// `weft extract`: up to the documents; or the documents of WARC files on standard output.
struct ExtractCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Turn pages into documents: of a pipeline, or of WARC files.",
    discussion: """
      Given a pipeline file, runs it up to its documents. Given WARC files (.warc, .warc.gz, \
      .warc.zst), prints their documents in order, one JSON object a line with --json, else as \
      readable text; nothing else is read or written.
      """)

  @Argument(
    help: ArgumentHelp("A pipeline file, or WARC files.", valueName: "file"), completion: .file())
  var inputs: [String]

  @Option(
    name: .shortAndLong,
    help: "How many pages of a WARC file to extract at once, instead of one a core.")
  var threads: Int?

  @OptionGroup var settings: RunSettings

  private var isPipeline: Bool {
    inputs.contains { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
  }

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads takes a number of at least 1") }
    if isPipeline {
      if inputs.count > 1 { throw ValidationError("a pipeline file is given alone") }
      if threads != nil {
        throw ValidationError("--threads is for WARC files; a pipeline takes --workers")
      }
    } else if settings.workers != nil || settings.output != nil {
      throw ValidationError(
        "--workers and --output are for pipelines; WARC files take --threads, and their documents "
          + "go to standard output")
    }
  }

  func run() async throws {
    if isPipeline {
      try await settings.execute(inputs[0], through: .extract)
    } else {
      try await ExitStatus.reporting { try await printDocuments() }
    }
  }

  private func printDocuments() async throws {
    // A name that is wrong shall not be found out after an hour.
    for input in inputs { _ = try MappedFile(path: input) }
    let interruption = Interruption()
    let signals = InterruptSignal.listen(raising: interruption)
    defer { withExtendedLifetime(signals) {} }
    let json = settings.json
    for input in inputs {
      var pages = 0
      try await PageReader.forEachPage(
        of: input, threads: threads ?? Cores.count,
        transform: { try PrintedPage($0, asJSON: json) }
      ) { page in
        try interruption.check()
        try page.print()
        pages += 1
      }
      if pages == 0 { Terminal.writeError("weft: '\(input)' holds no HTML page\n") }
    }
  }
}

/// What `weft extract` prints of a page.
private struct PrintedPage {
  private var output: [UInt8] = []
  private var errors = ""

  init(_ page: PageReader.Page, asJSON: Bool) throws {
    switch page.document {
    case .kept(let document):
      output = (asJSON ? document.json : Array(Self.text(of: document).utf8)) + [10]
    case .dropped(let reason): errors = "\(page.url): dropped: \(reason)\n"
    }
  }

  func print() throws {
    try Terminal.writeOutput(output)
    if !errors.isEmpty { Terminal.writeError(errors) }
  }

  private static func text(of document: InterleavedDocument) -> String {
    let head = "\u{2501}\u{2501} \(document.title ?? "(no title)")  \(document.url)"
    let nodes = document.nodes.map { node in
      switch node {
      case .text(let text): return text.text + "\n"
      case .image(let image):
        let words = image.caption ?? image.alt
        return "[image \(image.url)\(words.map { ": \($0)" } ?? "")]\n"
      }
    }
    return ([head] + nodes).joined(separator: "\n")
  }
}

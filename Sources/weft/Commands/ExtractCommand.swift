import ArgumentParser
import Documents
import Pipelines

/// `weft extract`: up to the documents; or a WARC file's documents on standard output.
struct ExtractCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Turn pages into documents: of a pipeline, or of one WARC file.",
    discussion: """
      Given a pipeline file, runs it up to its documents. Given a WARC file (.warc, .warc.gz, \
      .warc.zst), prints its documents, one JSON object a line with --json, else as readable text; \
      nothing else is read or written.
      """)

  @OptionGroup var options: RunOptions

  func run() async throws {
    if options.pipeline.hasSuffix(".yaml") || options.pipeline.hasSuffix(".yml") {
      try await options.execute(through: .extract)
    } else {
      try await ExitStatus.reporting { try printDocuments(of: options.pipeline) }
    }
  }

  private func printDocuments(of file: String) throws {
    let interruption = Interruption()
    let signals = InterruptSignal.listen(raising: interruption)
    defer { withExtendedLifetime(signals) {} }
    var pages = 0
    var reader = try PageReader(path: file)
    while let page = try reader.next() {
      try interruption.check()
      switch page.document {
      case .kept(let document): options.json ? try JSONOutput.writeLine(document) : show(document)
      case .dropped(let reason): Terminal.writeError("\(page.url): dropped: \(reason)\n")
      }
      pages += 1
    }
    if pages == 0 { Terminal.writeError("weft: '\(file)' holds no HTML page\n") }
  }

  private func show(_ document: InterleavedDocument) {
    print("\u{2501}\u{2501} \(document.title ?? "(no title)")  \(document.url)")
    for node in document.nodes {
      switch node {
      case .text(let text): print(text.text + "\n")
      case .image(let image):
        let words = image.caption ?? image.alt
        print("[image \(image.url)\(words.map { ": \($0)" } ?? "")]\n")
      }
    }
  }
}

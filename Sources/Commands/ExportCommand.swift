import ArgumentParser
import Documents
import Inspection

/// `weft export`: a corpus in the shape that other corpora are published in.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a corpus as JSON Lines in the shape of mmc4 or OBELICS.",
    discussion: """
      A document a line. Images are named by their URL, their SHA-256 and the file in corpus/ that \
      holds them. docs/formats.md says which fields of the published corpora are left out.
      """)

  @OptionGroup var run: InspectedRunOptions

  @Option(name: .customLong("as"), help: "The shape: mmc4 or obelics.")
  var shape: ExportShape

  @Option(help: "The corpus: interleaved, pairs or text.")
  var corpus: Corpus = .interleaved

  @Option(
    name: .shortAndLong, help: "The file: FILE.jsonl, FILE.jsonl.gz or FILE.jsonl.zst.",
    completion: .file())
  var output: String

  func validate() throws {
    guard [".jsonl", ".jsonl.gz", ".jsonl.zst"].contains(where: output.hasSuffix) else {
      throw ValidationError("--output ends in .jsonl, .jsonl.gz or .jsonl.zst")
    }
  }

  func run() async throws {
    try await ExitStatus.reporting {
      let counts = try run.open().export(corpus, as: shape, to: output)
      if run.json {
        try JSONOutput.write(counts)
      } else {
        print("\(output): \(counts.documents) documents, \(counts.images) images")
      }
    }
  }
}

import ArgumentParser
import Documents
import Inspection
import Provenance

/// `weft inspect`: one document, one packed sequence, or the duplicates.
struct InspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show a document with its images in order, a packed sequence, or the duplicates.",
    discussion: """
      With --document, shows that document as a corpus holds it and why parts of it were dropped. \
      With --corpus, --shard and --sequence, shows a packed sequence token by token. With --dropped, \
      shows what was dropped for a reason. With --duplicates, shows clusters of duplicates and which \
      document of each stays. With none of these, shows a document drawn by --seed.
      """)

  @OptionGroup var run: InspectedRunOptions

  @Option(help: "The document's identity: 32 hexadecimal digits.")
  var document: String?

  @Option(help: "The corpus: interleaved, pairs, text or instructions.")
  var corpus: Corpus = .interleaved

  @Option(help: "The number of a shard of the corpus.")
  var shard: Int?

  @Option(help: "The number of a sequence of the shard.")
  var sequence = 0

  @Option(help: "A reason for dropping, such as tooFewWords; `weft stats` lists those of a run.")
  var dropped: String?

  @Option(name: .customShort("n"), help: "How many dropped things to show.")
  var count = 20

  @Option(help: "Draws the document that is shown where none is named, and what was dropped.")
  var seed: UInt64 = 0

  @Flag(help: "Show the largest clusters of duplicates.")
  var duplicates = false

  @Option(help: "How many clusters --duplicates shows.")
  var first = 20

  func validate() throws {
    if count < 1 { throw ValidationError("-n takes a number of at least 1") }
  }

  func run() async throws {
    try await ExitStatus.reporting {
      let opened = try run.open()
      if let dropped {
        let found = try opened.dropped(Reason.Code(dropped), count: count, seed: seed)
        if run.json { try JSONOutput.write(found) } else { print(found.text(run.style)) }
        return
      }
      if duplicates {
        let view = try opened.duplicates(limit: max(1, first))
        if run.json { try JSONOutput.write(view) } else { print(view.text(run.style)) }
        return
      }
      if let shard {
        let view = try opened.sequence(corpus, shard: shard, sequence: sequence)
        if run.json { try JSONOutput.write(view) } else { print(view.text(run.style)) }
        return
      }
      let id = try identity(in: opened)
      if let view = try opened.instruction(id) {
        if run.json { try JSONOutput.write(view) } else { print(view.text(run.style)) }
        return
      }
      let view = try opened.document(id, corpus: document == nil ? corpus : nil)
      if run.json { try JSONOutput.write(view) } else { print(view.text(run.style)) }
    }
  }

  private func identity(in opened: InspectedRun) throws -> DocumentID {
    if let document {
      guard let id = DocumentID(document) else {
        throw ValidationError("--document takes 32 hexadecimal digits")
      }
      return id
    }
    guard let id = try opened.ledger.sample(corpus, count: 1, seed: seed).first else {
      throw InspectionError(.notFound, "the \(corpus.rawValue) corpus of this run is empty")
    }
    return id
  }
}

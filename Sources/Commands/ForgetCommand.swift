import ArgumentParser
import Documents
import Inspection
import Pipelines

/// `weft forget`: pages and images out of everything that was made of them.
struct ForgetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Take pages and images out of a run, and keep them out.",
    discussion: """
      Documents, corpora, token ids, features, shards and the ledger are rewritten without them; what \
      does not hold them keeps its bytes and its order. forgotten/NNNN.json tells what was done, with \
      the digests of every file before and after, and later runs leave it out. The archives of the crawl \
      are yours and stay as they are. Without more than RUN, a forgetting that was interrupted is \
      finished. docs/forgetting.md has the details.
      """)

  @OptionGroup var run: InspectedRunOptions

  @Option(help: ArgumentHelp("A page or an image by its address.", valueName: "url"))
  var url: [String] = []

  @Option(
    help: ArgumentHelp(
      "All pages and images of a host and of those below it.", valueName: "domain"))
  var domain: [String] = []

  @Option(help: ArgumentHelp("An image by the SHA-256 of its bytes.", valueName: "digest"))
  var image: [String] = []

  @Option(
    help: ArgumentHelp("A file of URLs, domains and digests, one a line.", valueName: "file"),
    completion: .file())
  var list: [String] = []

  @Flag(help: "Take a run in a store over from a driver that is dead.")
  var takeOver = false

  @Flag(help: "Print what would go, and write nothing.")
  var dryRun = false

  func run() async throws {
    try await ExitStatus.reporting {
      let storage = try Execution.storage(of: run.directory, takingOver: takeOver)
      let stored = storage.map(StoredForgetting.init)
      let forgetting = Forgetting(run.directory)
      var selectors = ForgetSelectors()
      for url in url { try selectors.add(url: url) }
      for domain in domain { try selectors.add(domain: domain) }
      for image in image { try selectors.add(image: image) }
      for list in list { try selectors.add(list: list) }
      if selectors.isEmpty {
        try finish { try stored?.finish() ?? forgetting.finish() }
      } else if dryRun {
        let counts = try stored?.preview(selectors) ?? forgetting.preview(selectors)
        if run.json { try JSONOutput.write(counts) } else { print(counts.text("would go")) }
      } else {
        let record = try stored?.perform(selectors) ?? forgetting.perform(selectors)
        if run.json { try JSONOutput.write(record) } else { print(record.text) }
      }
    }
  }

  private func finish(_ finish: () throws -> Bool) throws {
    guard url.isEmpty, domain.isEmpty, image.isEmpty, list.isEmpty else {
      throw RunError(.input, "the list names nothing; nothing was forgotten")
    }
    guard try finish() else {
      throw RunError(
        .input, "nothing is named; name what to forget by --url, --domain, --image or --list")
    }
    print("\(run.directory): the forgetting that was interrupted is finished")
  }
}

extension ForgetCounts {
  /// What goes, a line a corpus.
  fileprivate func text(_ verb: String) -> String {
    var lines = [
      "\(records) records of the archives, \(documents) documents and "
        + "\(images) distinct images \(verb):"
    ]
    for corpus in Corpus.crawled {
      let counts = self[corpus]
      var parts = ["\(counts.documents) \(corpus == .pairs ? "pairs" : "documents")"]
      if counts.changed > 0 { parts.append("\(counts.changed) documents lose images") }
      if counts.images > 0 { parts.append("\(counts.images) images") }
      parts.append("\(counts.sequences) sequences")
      if counts.cut > 0 { parts.append("\(counts.cut) sequences are cut") }
      parts.append("\(counts.tokens) tokens")
      lines.append("  \(corpus.rawValue): " + parts.joined(separator: ", "))
    }
    return lines.joined(separator: "\n")
  }
}

extension ForgottenRecord {
  /// What was done, in lines.
  fileprivate var text: String {
    var lines = [counts.text("went"), "\(files.count) files were rewritten; see \(name)"]
    let trained = checkpoints.filter(\.isOfTheseShards)
    if !trained.isEmpty {
      lines.append("trained on it: " + trained.map(\.path).joined(separator: ", "))
    }
    let others = checkpoints.count - trained.count
    if others > 0 { lines.append("\(others) checkpoints are of earlier shards") }
    lines += remaining.map { "still there: \($0)" }
    return lines.joined(separator: "\n")
  }
}

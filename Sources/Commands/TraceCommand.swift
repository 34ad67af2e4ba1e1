import ArgumentParser
import Documents
import Inspection
import Pipelines

/// `weft trace`: from a token to the byte it came from, and from a page to its tokens.
struct TraceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Trace a token to its page and the bytes of the archive, or a URL to its shards.",
    discussion: """
      A token is named by --shard, --sequence and --position (of --corpus); what is found is proved \
      by reading those bytes of the archive and extracting the page again, or of the file of \
      instructions and tokenizing the example again. A page is named by --url, \
      --prefix, --domain or --image.
      """)

  @OptionGroup var run: InspectedRunOptions

  @Option(help: "The corpus: interleaved, pairs, text or instructions.")
  var corpus: Corpus = .interleaved

  @Option(help: "The number of a shard of the corpus.")
  var shard: Int?

  @Option(help: "The number of a sequence of the shard.")
  var sequence = 0

  @Option(help: "The position of a token in the sequence.")
  var position = 1

  @Option(help: "The URL of a page.")
  var url: String?

  @Option(help: "The beginning of URLs of pages.")
  var prefix: String?

  @Option(help: "The domain of pages.")
  var domain: String?

  @Option(help: "The SHA-256 of an image that pages show.")
  var image: String?

  func validate() throws {
    let named = [shard != nil, url != nil, prefix != nil, domain != nil, image != nil]
    if named.filter({ $0 }).count != 1 {
      throw ValidationError(
        "name a token by --shard, or pages by one of --url, --prefix, --domain and --image")
    }
    if let image, Digest(image) == nil {
      throw ValidationError("--image takes 64 hexadecimal digits")
    }
  }

  func run() async throws {
    try await ExitStatus.reporting {
      let opened = try run.open()
      if let shard {
        let trace = try opened.trace(
          corpus, shard: shard, sequence: sequence, position: position,
          extract: { PageReader.extract($0, url: $1, id: $2) })
        if run.json { try JSONOutput.write(trace) } else { print(trace.text(run.style)) }
        if !trace.isSound { throw ExitCode(ExitStatus.failure.rawValue) }
      } else if let query {
        let trace = try opened.trace(query)
        if run.json { try JSONOutput.write(trace) } else { print(trace.text(run.style)) }
        if trace.pages.isEmpty { throw ExitCode(ExitStatus.failure.rawValue) }
      }
    }
  }

  private var query: AddressTrace.Query? {
    if let url { return .url(url) }
    if let prefix { return .prefix(prefix) }
    if let domain { return .domain(domain) }
    return image.flatMap { Digest($0) }.map { .image($0) }
  }
}

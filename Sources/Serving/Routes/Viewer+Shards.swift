internal import Documents
internal import Inspection
internal import Provenance
internal import Sharding

extension Viewer {
  /// The address of a sequence.
  static func sequence(_ corpus: Corpus, _ shard: Int, _ sequence: Int) -> Address {
    Address("shards", corpus.rawValue, String(shard), String(sequence))
  }

  /// Routes `/shards`, `/shards/CORPUS/SHARD` and `/shards/CORPUS/SHARD/SEQUENCE`.
  func shards(_ path: ArraySlice<String>, _ request: Request) throws -> Response {
    let parts = Array(path)
    if parts.isEmpty { return try shardsPage(request).response() }
    let numbers = parts.dropFirst().compactMap { $0.count <= 9 ? Int($0) : nil }
    guard let corpus = Corpus(rawValue: parts[0]), numbers.count == parts.count - 1 else {
      throw Self.notFound
    }
    switch numbers.count {
    case 1: return try shardPage(corpus, numbers[0], request).response()
    case 2: return try sequencePage(corpus, numbers[0], numbers[1]).response()
    default: throw Self.notFound
    }
  }

  private func shardsPage(_ request: Request) throws -> Page {
    var page = Page("Shards", in: .shards)
    let shards = try run.ledger.shards()
    if shards.isEmpty {
      page.content.add(markup: "<p class=\"notice\">The run has no shards yet.</p>")
      return page
    }
    let pager = Pager(request, length: 200)
    let shown = shards.dropFirst(pager.offset)
    page.content.table(
      ["shard", "for", "sequences", "tokens", "images", "size", "SHA-256"],
      numbers: [2, 3, 4, 5],
      rows: shown.prefix(pager.length).map { shard in
        [
          .link(
            "\(shard.corpus.rawValue) \(shard.shard)",
            to: Address("shards", shard.corpus.rawValue, String(shard.shard))),
          .text(shard.split.rawValue), .text(NumberText.grouped(shard.sequences)),
          .text(NumberText.grouped(shard.tokens)), .text(NumberText.grouped(shard.images)),
          .text(NumberText.bytes(shard.bytes)), .text(shard.digest.description),
        ]
      })
    page.content.add(pager.html(Address("shards"), found: shown.count))
    return page
  }

  private func shardPage(_ corpus: Corpus, _ number: Int, _ request: Request) throws -> Page {
    let shard = try run.shard(corpus, number)
    var page = Page("Shard \(number) of the corpus \(corpus.rawValue)", in: .shards)
    if let row = try run.ledger.shard(corpus, number) {
      page.content.facts([
        ("for", row.split.rawValue), ("sequences", NumberText.grouped(row.sequences)),
        ("tokens", NumberText.grouped(row.tokens)), ("images", NumberText.grouped(row.images)),
        ("size", NumberText.bytes(row.bytes)), ("file", row.path),
        ("SHA-256", row.digest.description),
      ])
    }
    page.content.add("h2", "Sequences")
    let pager = Pager(request, length: 100)
    let first = min(pager.offset, shard.count)
    let rows = try (first..<min(first + pager.length, shard.count)).map { index -> [HTML] in
      let sequence = try shard.sequence(at: index)
      let targets = sequence.lossMask.reduce(0) { $0 + Int($1) }
      return [
        .link("sequence \(index)", to: Self.sequence(corpus, number, index)),
        .text(NumberText.grouped(sequence.tokens.count)), .text(NumberText.grouped(targets)),
        .text(NumberText.grouped(sequence.images.count)),
        .text(NumberText.grouped(sequence.segments.count)),
      ]
    }
    page.content.table(
      ["sequence", "tokens", "targets", "images", "runs of documents"], numbers: [1, 2, 3, 4],
      rows: rows)
    page.content.add(
      pager.html(
        Address("shards", corpus.rawValue, String(number)), found: shard.count - first))
    return page
  }
}

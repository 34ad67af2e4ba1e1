public import Documents
public import Provenance
internal import Sharding

/// One shard in numbers.
public struct ShardStatistics: Hashable, Sendable, Codable {
  /// The shard.
  public var shard: ShardRow
  /// How many documents it holds tokens of.
  public var documents: Int
  /// The most tokens that a sequence may have.
  public var maximumLength: Int
  /// The share of positions that would be padding, were every sequence filled up to that.
  public var paddingShare: Double
  /// The lengths of its sequences in tokens.
  public var positions: Histogram
  /// The domains with the most of its documents, the largest first; only documents and characters are counted.
  public var domains: [DocumentGroup]

  /// Reads the numbers of a shard from the ledger and its head.
  ///
  /// - Throws: ``InspectionError`` where the run has no such shard.
  /// - Complexity: Grows with the shard's documents, not with the run.
  public init(of run: InspectedRun, _ corpus: Corpus, _ number: Int) throws {
    let file = try run.shard(corpus, number)
    guard let row = try run.ledger.shard(corpus, number) else {
      preconditionFailure("a shard that was opened has a row")
    }
    shard = row
    (positions, documents) = try run.ledger.packing(corpus, number)
    maximumLength = file.description.maximumLength
    let places = max(1, row.sequences * maximumLength)
    paddingShare = 1 - Double(row.tokens) / Double(places)
    // Examples of instructions are lines of files and have no domain.
    domains =
      corpus == .instructions
      ? [] : try run.ledger.groups(.domain, of: corpus, number, limit: Statistics.groupLimit)
  }

  /// The numbers as text for a terminal.
  public func text(_ style: TextStyle = TextStyle()) -> String {
    var table = TextTable([.left, .left])
    func add(_ name: String, _ value: String) { table.add(name, value) }
    add("for", shard.split == .train ? "training" : "validation")
    add("size", NumberText.bytes(shard.bytes))
    add("SHA-256", VisibleText.of(shard.digest.description, width: max(12, style.width - 29)))
    add("documents", NumberText.grouped(documents))
    add("sequences", NumberText.grouped(shard.sequences))
    add("tokens", NumberText.grouped(shard.tokens))
    add("images", NumberText.grouped(shard.images))
    add("most tokens of a sequence", NumberText.grouped(maximumLength))
    add("padding at most", NumberText.fixed(paddingShare * 100, 1) + " %")
    var lines = [style.paint("Shard \(VisibleText.of(shard.path, width: 60))", .heading)]
    lines += table.lines.map { "  " + $0 }
    lines += [""] + HistogramText(positions, width: style.width, style).lines
    lines += GroupTable.lines("domains of its documents", domains, style, corpora: false)
    return lines.joined(separator: "\n") + "\n"
  }
}

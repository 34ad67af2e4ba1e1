import Documents
import GRDB
import TestSupport
import Testing

@testable import Provenance

/// What commands and pages ask of a ledger costs the same in a large one: no statement passes over a table
/// that grows with the run, but for stretches that a limit ends.
///
/// `scripts/bench-ledger` measures the same on millions of documents.
@Suite struct QueryPlanTests {
  private static let reason = Reason.Code("tooShort")
  private static let id = exampleID(3)
  private static let digest = exampleDigest("image 3")

  /// The tables whose rows do not grow with documents.
  private static let small: Set<String> = [
    "runs", "inputs", "shards", "count_totals", "reason_totals", "histogram_totals",
  ]

  /// A question, by name.
  struct Question: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var ask: @Sendable (Ledger) throws -> Void

    init(_ name: String, _ ask: @escaping @Sendable (Ledger) throws -> Void) {
      testDescription = name
      self.ask = ask
    }
  }

  static let questions: [Question] = [
    Question("funnel") { _ = try $0.funnel() },
    Question("corpora") { _ = try $0.corpora() },
    Question("histogram") { _ = try $0.histogram(.imageBytes) },
    Question("inputs") { _ = (try $0.inputTotals(), try $0.inputs(limit: 9), try $0.input(3)) },
    Question("record") { _ = (try $0.record(id), try $0.pages(url: "https://example.org/3.html")) },
    Question("document") { _ = (try $0.document(id), try $0.documentPartition(id)) },
    Question("instruction") { _ = try $0.instruction(id) },
    Question("documents by URL") { _ = try $0.documents(url: "https://example.org/3.html") },
    Question("documents by prefix") { _ = try $0.documents(urlPrefix: "https://example.org/") },
    Question("documents by domain") { _ = try $0.documents(domain: "example.org") },
    Question("images of a document") { _ = try $0.images(of: id) },
    Question("image") {
      _ = (try $0.images(digest: digest), try $0.documentImages(digest: digest))
    },
    Question("stored image") { _ = try $0.digests(storedAs: digest) },
    Question("images of an address") { _ = try $0.documentImages(address: "https://a.test/") },
    Question("records of an address") { _ = try $0.records(address: "https://a.test/") },
    Question("entries") { _ = try $0.entries(of: id) },
    Question("segments") {
      _ = (
        try $0.segments(of: id), try $0.segments(.text, shard: 3, sequence: 0),
        try $0.segment(.text, shard: 3, sequence: 0, position: 4)
      )
    },
    Question("shards") { _ = (try $0.shards(.text), try $0.shard(.text, 3)) },
    Question("decisions on a subject") { _ = try $0.decisions(on: .record(id)) },
    Question("decisions for a reason") {
      _ = try $0.decisions(of: .read, reason: reason)
      _ = try $0.decisions(of: .read, .node, reason: reason, limit: 25, offset: 25)
    },
    Question("samples of decisions") {
      _ = try $0.sampleDecisions(reason: reason, count: 3, seed: 1)
      _ = try $0.sampleDecisions(reason: reason, count: 3, seed: 1, listedLimit: 2)
    },
    Question("records for a reason") { _ = try $0.records(reason: reason, limit: 25, offset: 25) },
    Question("samples of a corpus") {
      for corpus in Corpus.allCases { _ = try $0.sample(corpus, count: 2, seed: 1) }
    },
    Question("duplicates") {
      _ = try $0.duplicateCounts()
      _ = try $0.duplicateClusters(limit: 25, offset: 25)
      _ = try $0.duplicateCluster(of: exampleID(1), members: 3, offset: 0)
    },
    Question("lists") {
      let filters: [DocumentFilter] = [
        .all, .url("https://example.org/"), .domain("example.org"), .corpus(.interleaved),
        .corpus(.pairs), .corpus(.text),
      ]
      for filter in filters {
        _ = try $0.documents(filter, limit: 25, offset: 25)
        _ = try $0.pairs(filter, limit: 25, offset: 25)
        _ = try $0.images(filter, limit: 25, offset: 25)
      }
    },
    Question("fetches") { _ = (try $0.fetch(url: "https://a.test/"), try $0.lastFetchSegment()) },
  ]

  @Test(arguments: questions) func noTableIsScanned(question: Question) throws {
    let directory = TemporaryDirectory()
    let ledger = try Self.ledger(in: directory)
    let statements = try Self.statements(of: ledger) { try question.ask(ledger) }
    #expect(!statements.isEmpty)
    for sql in statements { #expect(try Self.faults(of: sql, in: ledger).isEmpty, "\(sql)") }
  }

  /// The rule finds what it is for.
  @Test(arguments: [
    "SELECT count(*) FROM records", "SELECT * FROM documents WHERE title = ? LIMIT 5",
    "SELECT detail FROM decisions GROUP BY detail ORDER BY count(*) LIMIT 5",
    "SELECT * FROM images WHERE width = ?",
  ])
  func aScanIsFound(sql: String) throws {
    let directory = TemporaryDirectory()
    #expect(try !Self.faults(of: sql, in: Self.ledger(in: directory)).isEmpty)
  }

  private static func ledger(in directory: TemporaryDirectory) throws -> Ledger {
    let ledger = try Ledger.create(path: directory.file("provenance.sqlite"), run: exampleRun)
    for number in 0..<4 {
      let part = try Part(exampleRows(number), at: directory.file("part"))
      _ = try ledger.merge(part, partition: number)
    }
    return ledger
  }

  /// The questions that a function puts to a ledger's database.
  private static func statements(
    of ledger: Ledger, _ body: () throws -> Void
  ) throws -> Set<String> {
    let statements = Statements()
    try ledger.database.read { database in
      database.trace { event in
        if case .statement(let statement) = event { statements.list.insert(statement.sql) }
      }
    }
    try body()
    try ledger.database.read { $0.trace(nil) }
    return statements.list.filter { $0.hasPrefix("SELECT") && !$0.contains("sqlite_") }
  }

  private final class Statements { var list: Set<String> = [] }

  /// What a plan passes over as a whole.
  ///
  /// Rows in the order of a key with a limit end at the limit, unless they are sorted or filtered first.
  private static func faults(of sql: String, in ledger: Ledger) throws -> [String] {
    let plan = try ledger.database.read { database in
      // The plan is made before values are bound.
      let values = [Int?](repeating: nil, count: sql.count { $0 == "?" })
      let rows = try Row.fetchAll(
        database, sql: "EXPLAIN QUERY PLAN " + sql, arguments: StatementArguments(values))
      return rows.map { $0["detail"] as String }
    }
    let isSorted = plan.contains { $0.contains("TEMP B-TREE") }
    // What is looked up for each row that is shown does not choose among them.
    let choice = sql.replacing("WHERE found.digest = shown.digest", with: "")
    let isEnded = choice.contains("LIMIT") && !choice.contains("WHERE") && !isSorted
    return plan.filter { step in
      let words = step.split(separator: " ")
      guard words.first == "SCAN", words.count > 1 else { return false }
      // A subquery that was made before.
      if ["shown", "chosen", "CONSTANT"].contains(words[1]) { return false }
      return !small.contains(String(words[1])) && !isEnded
    }
  }
}

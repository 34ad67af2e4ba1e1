internal import GRDB

/// A reference of one table to another that leads nowhere, or an identity that stands twice.
public struct IntegrityFault: Hashable, Sendable, Codable {
  /// What is wrong, such as `segments of documents that are not in the ledger`.
  public var what: String
  /// How often.
  public var count: Int
  /// One of them, as text.
  public var example: String
}

extension Ledger {
  /// Checks the database file itself, and the references between the stages' rows.
  ///
  /// References between parts cannot be foreign keys, for parts come in any order.
  public func integrityFaults() throws -> [IntegrityFault] {
    try read { database in
      var faults: [IntegrityFault] = []
      let damage = try String.fetchAll(database, sql: "PRAGMA quick_check(10)")
        .filter { $0 != "ok" }
      if let first = damage.first {
        faults.append(
          IntegrityFault(what: "damage of the database", count: damage.count, example: first))
      }
      for check in Self.checks {
        let row = try Row.fetchOne(
          database,
          sql: "SELECT count(*) AS count, min(example) AS example FROM (\(check.sql))")
        guard let row, let count = row["count"] as Int?, count > 0 else { continue }
        faults.append(
          IntegrityFault(what: check.what, count: count, example: row["example"] ?? ""))
      }
      return faults
    }
  }

  /// What is wrong with the database file: pages, and indexes that are not those of their tables.
  public func fileFaults() throws -> [String] {
    try read { try String.fetchAll($0, sql: "PRAGMA integrity_check(10)").filter { $0 != "ok" } }
  }

  /// How many kinds of references ``integrityFaults()`` checks, the file itself included.
  public static var integrityCheckCount: Int { checks.count + 1 }

  private struct Check {
    var what: String
    var sql: String

    /// Rows of a table whose identity another table does not hold.
    static func dangling(
      _ what: String, _ table: String, _ column: String, _ other: String, _ key: String,
      if condition: String = "1"
    ) -> Check {
      Check(
        what: what,
        sql: """
          SELECT lower(hex(\(column))) AS example FROM \(table) WHERE \(condition)
            AND NOT EXISTS (SELECT 1 FROM \(other) WHERE \(other).\(key) = \(table).\(column))
          """)
    }
  }

  private static let checks: [Check] = [
    .dangling(
      "segments of documents that are not in the ledger", "segments", "document", "documents",
      "id", if: "NOT EXISTS (SELECT 1 FROM instructions WHERE id = document)"),
    .dangling(
      "corpus documents that were never extracted", "corpus_documents", "document", "documents",
      "id"),
    .dangling(
      "pairs of documents that were never extracted", "pairs", "document", "documents", "id"),
    .dangling("documents whose record is not in the ledger", "documents", "id", "records", "id"),
    .dangling("images whose record is not in the ledger", "images", "record", "records", "id"),
    Check(
      what: "revisits whose original is not in the ledger",
      sql: """
        SELECT lower(hex(original)) AS example FROM records AS visits WHERE original IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM records WHERE records.id = visits.original)
        """),
    .dangling("pairs whose image is not in the ledger", "pairs", "digest", "images", "digest"),
    .dangling(
      "document images whose bytes are not in the ledger", "document_images", "digest", "images",
      "digest", if: "digest IS NOT NULL"),
    Check(
      what: "records of archives that are not in the ledger",
      sql: """
        SELECT lower(hex(id)) AS example FROM records
        WHERE input NOT IN (SELECT input FROM inputs)
        """),
    Check(
      what: "documents that stand twice",
      sql: "SELECT lower(hex(id)) AS example FROM documents GROUP BY id HAVING count(*) > 1"),
    Check(
      what: "instructions of files that are not in the ledger",
      sql: """
        SELECT lower(hex(id)) AS example FROM instructions
        WHERE input NOT IN (SELECT input FROM inputs)
        """),
    Check(
      what: "instructions that stand twice",
      sql: "SELECT lower(hex(id)) AS example FROM instructions GROUP BY id HAVING count(*) > 1"),
    Check(
      what: "archives that stand twice",
      sql: "SELECT path AS example FROM inputs GROUP BY input HAVING count(*) > 1"),
    Check(
      what: "segments that reach into the next one",
      sql: """
        SELECT shard || ' ' || sequence || ' ' || start AS example FROM (
          SELECT shard, sequence, start, start + length AS finish,
            lead(start) OVER (PARTITION BY shard, sequence ORDER BY start) AS next FROM segments)
        WHERE finish > next
        """),
  ]

  /// Gives all rows as text, table by table and by key: the same for the same parts, in whatever
  /// order they were merged.
  public func dump(_ body: (String) throws -> Void) throws {
    try read { database in
      let tables = try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      for table in tables {
        // Every table's key is the clustered one, so this is the order in which rows are stored.
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM \(table)")
        while let row = try rows.next() {
          let values = row.databaseValues.map { $0.description }.joined(separator: "|")
          try body(table + "|" + values)
        }
      }
    }
  }
}

internal import GRDB

/// How many rows of some kinds a ledger has.
public struct RowCounts: Hashable, Sendable, Codable {
  /// The records.
  public var records: Int
  /// The records that hold a page and went on.
  public var pages: Int
  /// The records that hold an image response and went on.
  public var imageResponses: Int
  /// The records of redirects, which go on too.
  public var redirects: Int
  /// The documents.
  public var documents: Int
}

extension Ledger {
  /// Counts rows one by one, to compare them with what the stages counted.
  ///
  /// - Complexity: O(n) in the records.
  public func rowCounts() throws -> RowCounts {
    try read { database in
      let records = try Row.fetchOne(
        database,
        sql: """
          SELECT count(*) AS records,
            count(*) FILTER (WHERE kind = 'page' AND reason IS NULL) AS pages,
            count(*) FILTER (WHERE kind = 'image' AND reason IS NULL) AS images,
            count(*) FILTER (WHERE kind = 'other' AND reason IS NULL) AS redirects
          FROM records
          """)
      let documents = try Int.fetchOne(database, sql: "SELECT count(*) FROM documents")
      return RowCounts(
        records: records?["records"] ?? 0, pages: records?["pages"] ?? 0,
        imageResponses: records?["images"] ?? 0, redirects: records?["redirects"] ?? 0,
        documents: documents ?? 0)
    }
  }
}

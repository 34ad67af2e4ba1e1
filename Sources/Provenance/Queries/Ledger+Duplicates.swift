public import Documents
internal import GRDB

/// Documents that are duplicates of each other, and the one of them that stays.
///
/// The cluster has the identity of the document that stays.
public struct DuplicateCluster: Hashable, Sendable {
  /// The document that stays.
  public var representative: DocumentID
  /// How many others were dropped for it.
  public var count: Int
  /// What was decided on the first of them, in the order of the ledger.
  public var dropped: [DecisionRow]
}

extension Ledger {
  /// How many clusters of duplicates there are, and how many documents they lose.
  public func duplicateCounts() throws -> (clusters: Int, dropped: Int) {
    try read { database in
      // The last rank is the number of clusters; looking for it passes over none of them.
      let clusters = try Int.fetchOne(
        database, sql: "SELECT max(rank) FROM duplicate_clusters WHERE part = ?",
        arguments: [Self.duplicatesPart])
      let dropped = try Int.fetchOne(
        database, sql: "SELECT sum(dropped) FROM reason_totals WHERE stage = ? AND unit = ?",
        arguments: [StageName.deduplicate.rawValue, StageCounts.Unit.page.rawValue])
      return (clusters ?? 0, dropped ?? 0)
    }
  }

  /// A stretch of the clusters of duplicates, the largest first.
  ///
  /// - Parameter members: How many of each cluster's dropped documents are given.
  public func duplicateClusters(
    limit: Int = 20, offset: Int = 0, members: Int = 100
  ) throws -> [DuplicateCluster] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT representative, dropped FROM duplicate_clusters
          WHERE part = ? AND rank > ? ORDER BY rank LIMIT ?
          """, arguments: [Self.duplicatesPart, offset, limit])
      return try rows.map { try Self.cluster($0, members: members, offset: 0, database) }
    }
  }

  /// The cluster that a document stays for, with a stretch of its dropped documents; `nil` where nothing was
  /// dropped for it.
  public func duplicateCluster(
    of representative: DocumentID, members: Int = 100, offset: Int = 0
  ) throws -> DuplicateCluster? {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: "SELECT representative, dropped FROM duplicate_clusters WHERE representative = ?",
        arguments: [representative.description])
      return try row.map { try Self.cluster($0, members: members, offset: offset, database) }
    }
  }

  private static func cluster(
    _ row: Row, members: Int, offset: Int, _ database: Database
  ) throws -> DuplicateCluster {
    let detail: String = row["representative"]
    guard let representative = DocumentID(detail) else {
      throw LedgerError.value("an identity", "'\(detail)'")
    }
    // The condition is that of the index, to the letter.
    let dropped =
      members == 0
      ? []
      : try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM decisions WHERE part >> 32 = 12 AND detail IS NOT NULL AND detail = ?
            AND unit = 'page' ORDER BY part, ordinal LIMIT ? OFFSET ?
          """, arguments: [detail, members, offset])
    return DuplicateCluster(
      representative: representative, count: row["dropped"],
      dropped: try dropped.map { try DecisionRow(row: $0) })
  }

  // The stage has one partition.
  private static var duplicatesPart: Int64 { PartKey.value(.deduplicate, 0) }
}

public import Documents
internal import GRDB

/// Documents that are duplicates of each other, and the one of them that stays.
///
/// The cluster has the identity of the document that stays.
public struct DuplicateCluster: Hashable, Sendable {
  /// The document that stays.
  public var representative: DocumentID
  /// What was decided on each of the others, in the order of the ledger.
  public var dropped: [DecisionRow]
}

extension Ledger {
  /// How many clusters of duplicates there are, and how many documents they lose.
  public func duplicateCounts() throws -> (clusters: Int, dropped: Int) {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: "SELECT COUNT(DISTINCT detail), COUNT(*) FROM decisions WHERE " + Self.duplicate,
        arguments: Self.duplicateArguments)
      return (row?[0] ?? 0, row?[1] ?? 0)
    }
  }

  /// The largest clusters of duplicates, the largest first.
  public func duplicateClusters(limit: Int = 20) throws -> [DuplicateCluster] {
    try read { database in
      let details = try String.fetchAll(
        database,
        sql: "SELECT detail FROM decisions WHERE " + Self.duplicate
          + " AND detail IS NOT NULL GROUP BY detail ORDER BY COUNT(*) DESC, detail LIMIT ?",
        arguments: Self.duplicateArguments + [limit])
      return try details.compactMap { detail in
        guard let representative = DocumentID(detail) else { return nil }
        let rows = try Row.fetchAll(
          database,
          sql: "SELECT * FROM decisions WHERE " + Self.duplicate
            + " AND detail = ? ORDER BY part, ordinal",
          arguments: Self.duplicateArguments + [detail])
        return DuplicateCluster(
          representative: representative, dropped: try rows.map { try DecisionRow(row: $0) })
      }
    }
  }

  /// The cluster that a document stays for; `nil` where nothing was dropped for it.
  public func duplicateCluster(of representative: DocumentID) throws -> DuplicateCluster? {
    let dropped: [DecisionRow] = try rows(
      "SELECT * FROM decisions WHERE " + Self.duplicate + " AND detail = ? ORDER BY part, ordinal",
      Self.duplicateArguments + [representative.description])
    return dropped.isEmpty
      ? nil : DuplicateCluster(representative: representative, dropped: dropped)
  }

  // Every decision of the stage on a page is one for a duplicate, and names the page that stays.
  private static let duplicate = "part BETWEEN ? AND ? AND unit = 'page'"
  private static var duplicateArguments: StatementArguments {
    [PartKey.value(.deduplicate, 0), PartKey.value(.deduplicate, Int(UInt32.max))]
  }
}

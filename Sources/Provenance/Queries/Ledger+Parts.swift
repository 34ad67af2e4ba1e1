public import Documents
internal import GRDB

/// A part that is merged into a ledger.
public struct MergedPart: Hashable, Sendable {
  /// The stage that wrote it.
  public var stage: StageName
  /// The stage's partition.
  public var partition: Int
  /// The SHA-256 of its file.
  public var digest: Digest
}

extension Ledger {
  /// The parts that are merged, by stage and partition.
  public func parts() throws -> [MergedPart] {
    try read { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT stage, partition, digest FROM parts ORDER BY part")
      return try rows.map { row in
        MergedPart(
          stage: try StageName(column: row["stage"]), partition: row["partition"],
          digest: try Digest(column: row["digest"]))
      }
    }
  }

  /// What entered a partition, went on and was dropped.
  public func counts(of stage: StageName, _ partition: Int) throws -> StageCounts {
    let part = PartKey.value(stage, partition)
    return try read { database in
      var dropped: [String: [String: Int]] = [:]
      let reasons = try Row.fetchAll(
        database, sql: "SELECT unit, reason, dropped FROM count_reasons WHERE part = ?",
        arguments: [part])
      for row in reasons { dropped[row["unit"], default: [:]][row["reason"]] = row["dropped"] }
      var counts = StageCounts()
      let units = try Row.fetchAll(
        database, sql: "SELECT unit, entered, kept FROM counts WHERE part = ?", arguments: [part])
      for row in units {
        counts[try StageCounts.Unit(column: row["unit"])] = Tally(
          entered: row["entered"], kept: row["kept"], dropped: dropped[row["unit"]] ?? [:])
      }
      return counts
    }
  }
}

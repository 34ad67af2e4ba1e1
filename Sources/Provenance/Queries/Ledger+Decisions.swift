public import Documents
internal import GRDB

/// A decision, and the stage that took it.
public struct StageDecision: Hashable, Sendable, Codable {
  /// The stage.
  public var stage: StageName
  /// The decision.
  public var decision: DecisionRow
}

extension Ledger {
  /// The decisions on a record, a document or an image, in the order of the stages.
  public func decisions(on subject: Subject, limit: Int = 10_000) throws -> [StageDecision] {
    try decisions("subject = ? ORDER BY part, ordinal LIMIT ?", [subject.column, limit])
  }

  /// The first decisions of a stage for a reason.
  public func decisions(
    of stage: StageName, reason: Reason.Code, limit: Int = 10
  ) throws -> [StageDecision] {
    try decisions(
      "reason = ? AND part BETWEEN ? AND ? ORDER BY part, ordinal LIMIT ?",
      [
        reason.rawValue, PartKey.value(stage, 0), PartKey.value(stage, Int(UInt32.max)), limit,
      ])
  }

  /// How many decisions have a reason, of all stages.
  public func decisionCount(reason: Reason.Code) throws -> Int {
    try read { database in
      try Int.fetchOne(
        database, sql: "SELECT count(*) FROM decisions WHERE reason = ?",
        arguments: [reason.rawValue]) ?? 0
    }
  }

  /// Decisions for a reason, by their places among all for it, from 0 on.
  public func decisions(reason: Reason.Code, at places: [Int]) throws -> [StageDecision] {
    try places.flatMap { place in
      try decisions(
        "reason = ? ORDER BY part, ordinal LIMIT 1 OFFSET ?", [reason.rawValue, place])
    }
  }

  private func decisions(
    _ condition: String, _ arguments: StatementArguments
  ) throws -> [StageDecision] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: "SELECT stage, decisions.* FROM decisions JOIN parts USING (part) WHERE " + condition,
        arguments: arguments)
      return try rows.map { row in
        StageDecision(
          stage: try StageName(column: row["stage"]), decision: try DecisionRow(row: row))
      }
    }
  }
}

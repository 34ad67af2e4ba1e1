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

  /// The first decisions of a stage for a reason, unit by unit.
  public func decisions(
    of stage: StageName, reason: Reason.Code, limit: Int = 10
  ) throws -> [StageDecision] {
    var found: [StageDecision] = []
    for unit in StageCounts.Unit.allCases where found.count < limit {
      let more = try decisions(
        of: stage, unit, reason: reason, limit: limit - found.count, offset: 0)
      found += more.map { StageDecision(stage: stage, decision: $0) }
    }
    return found
  }

  func decisions(
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

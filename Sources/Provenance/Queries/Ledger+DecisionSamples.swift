public import Documents
internal import GRDB

extension Ledger {
  /// Decisions for a reason, drawn by a seed, in the order of their units and parts.
  ///
  /// All are given where there are no more than `count`. Of up to `listedLimit`, one is drawn out of each of as
  /// many equal stretches. Of more, each draw is a point among the parts of a stage that dropped things for the reason
  /// and takes the first decision from there on, so that it costs a few looks into the index.
  ///
  /// - Returns: How many there are, of all stages, and those that were drawn.
  public func sampleDecisions(
    reason: Reason.Code, count: Int, seed: UInt64, listedLimit: Int = 100_000
  ) throws -> (count: Int, decisions: [StageDecision]) {
    let keys = try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT part, ordinal FROM decisions WHERE reason = ?
          ORDER BY unit, part, ordinal LIMIT ?
          """, arguments: [reason.rawValue, listedLimit + 1])
      return rows.map { (part: $0["part"] as Int64, ordinal: $0["ordinal"] as Int) }
    }
    if keys.count > listedLimit {
      return try sampleManyDecisions(reason: reason, count: count, seed: seed)
    }
    let drawn = Self.places(count, of: keys.count, seed: seed)
    let found: [StageDecision] = try drawn.flatMap { place in
      try decisions(
        "part = ? AND ordinal = ?", [keys[place].part, keys[place].ordinal])
    }
    return (keys.count, found)
  }

  /// Places from 0 on: one out of each of as many equal stretches.
  private static func places(_ count: Int, of all: Int, seed: UInt64) -> [Int] {
    if count >= all { return Array(0..<all) }
    return (0..<count).map { index in
      let start = index * all / count
      let end = (index + 1) * all / count
      return start + number(below: end - start, index, seed: seed)
    }
  }

  private static func number(
    below limit: Int, _ index: Int, seed: UInt64, salt: String = "dropped"
  ) -> Int {
    let drawn = SeededHash.value(seed: seed, salt: salt, id: Array(String(index).utf8))
    return Int(drawn % UInt64(max(limit, 1)))
  }

  /// The decisions of one unit for one reason that a stage took.
  private struct Stretch {
    var unit: String
    var count: Int
    var first: Int64
    var last: Int64
  }

  private func sampleManyDecisions(
    reason: Reason.Code, count: Int, seed: UInt64
  ) throws -> (count: Int, decisions: [StageDecision]) {
    let stretches = try stretches(of: reason)
    let all = stretches.reduce(0) { $0 + $1.count }
    var drawn: Set<StageDecision> = []
    var ordered: [StageDecision] = []
    // Points that meet a decision again are drawn anew, a bounded number of times.
    for attempt in 0..<count * 8 where ordered.count < count {
      var rest = Self.number(below: all, attempt, seed: seed)
      guard
        let stretch = stretches.first(where: {
          rest -= $0.count; return rest < 0
        })
      else { break }
      let width = Int(stretch.last - stretch.first) + 1
      let part = stretch.first + Int64(Self.number(below: width, attempt, seed: seed, salt: "part"))
      let fraction = Self.number(below: 1 << 20, attempt, seed: seed, salt: "ordinal")
      guard let decision = try decision(reason, stretch, from: part, fraction) else { continue }
      if drawn.insert(decision).inserted { ordered.append(decision) }
    }
    return (all, ordered)
  }

  /// Where the decisions for a reason are.
  private func stretches(of reason: Reason.Code) throws -> [Stretch] {
    try read { database in
      let totals = try Row.fetchAll(
        database,
        sql: "SELECT stage, unit, dropped FROM reason_totals WHERE reason = ? ORDER BY stage, unit",
        arguments: [reason.rawValue])
      return try totals.compactMap { row in
        let stage = try StageName(column: row["stage"])
        let unit: String = row["unit"]
        func part(_ function: String) throws -> Int64? {
          try Int64.fetchOne(
            database,
            sql: """
              SELECT \(function)(part) FROM decisions
              WHERE reason = ? AND unit = ? AND part BETWEEN ? AND ?
              """,
            arguments: [
              reason.rawValue, unit, PartKey.value(stage, 0),
              PartKey.value(stage, Int(UInt32.max)),
            ])
        }
        // What a stage counts and does not list is no decision.
        guard let first = try part("min"), let last = try part("max") else { return nil }
        return Stretch(unit: unit, count: row["dropped"], first: first, last: last)
      }
    }
  }

  /// The first decision from a point of a part on, or else the first of the stretch.
  private func decision(
    _ reason: Reason.Code, _ stretch: Stretch, from part: Int64, _ fraction: Int
  ) throws -> StageDecision? {
    let last = try read { database in
      try Int.fetchOne(
        database, sql: "SELECT max(ordinal) FROM decisions WHERE part = ?", arguments: [part])
    }
    let ordinal = ((last ?? 0) * fraction) >> 20
    let condition = """
      reason = ? AND unit = ? AND (part, ordinal) >= (?, ?) AND part <= ?
      ORDER BY part, ordinal LIMIT 1
      """
    return try decisions(condition, [reason.rawValue, stretch.unit, part, ordinal, stretch.last])
      .first
  }
}

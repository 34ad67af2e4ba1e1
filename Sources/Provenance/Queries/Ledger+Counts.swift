public import Documents
internal import GRDB

/// The counts of one stage.
public struct StageFunnel: Hashable, Sendable, Codable {
  /// The stage.
  public var stage: StageName
  /// What entered it, went on and was dropped, by unit.
  public var counts: StageCounts

  /// Makes a funnel from its parts.
  public init(stage: StageName, counts: StageCounts) {
    self.stage = stage
    self.counts = counts
  }
}

extension Ledger {
  /// The counts of every stage that has any, in the order of the stages.
  public func funnel() throws -> [StageFunnel] {
    try read { database in
      let counts = try Self.counts(database)
      return StageName.allCases.compactMap { stage in
        counts[stage].map { StageFunnel(stage: stage, counts: $0) }
      }
    }
  }

  /// The counts of a stage; empty where it has none.
  public func funnel(of stage: StageName) throws -> StageCounts {
    try read { try Self.counts($0)[stage] ?? StageCounts() }
  }

  /// The histogram of a metric; without buckets where nothing was measured.
  public func histogram(_ metric: Histogram.Metric) throws -> Histogram {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT bucket, count, total FROM histogram_totals WHERE metric = ? ORDER BY bucket
          """, arguments: [metric.rawValue])
      let buckets = rows.map { row in
        let lower: Int = row["bucket"]
        return Histogram.Bucket(
          lower: lower, upper: lower + Histogram.width(of: lower), count: row["count"])
      }
      let total = rows.reduce(0) { $0 + ($1["total"] as Int) }
      return Histogram(metric: metric, buckets: buckets, total: total)
    }
  }

  private static func counts(_ database: Database) throws -> [StageName: StageCounts] {
    let dropped = try dropped(database)
    var counts: [StageName: StageCounts] = [:]
    let rows = try Row.fetchCursor(
      database, sql: "SELECT stage, unit, entered, kept FROM count_totals")
    while let row = try rows.next() {
      let stage = try StageName(column: row["stage"])
      let unit = try StageCounts.Unit(column: row["unit"])
      counts[stage, default: StageCounts()][unit] = Tally(
        entered: row["entered"], kept: row["kept"], dropped: dropped[stage]?[unit] ?? [:])
    }
    return counts
  }

  private static func dropped(
    _ database: Database
  ) throws -> [StageName: [StageCounts.Unit: [String: Int]]] {
    var dropped: [StageName: [StageCounts.Unit: [String: Int]]] = [:]
    let rows = try Row.fetchCursor(
      database, sql: "SELECT stage, unit, reason, dropped FROM reason_totals")
    while let row = try rows.next() {
      let stage = try StageName(column: row["stage"])
      let unit = try StageCounts.Unit(column: row["unit"])
      dropped[stage, default: [:]][unit, default: [:]][row["reason"]] = row["dropped"]
    }
    return dropped
  }
}

internal import GRDB

extension LedgerSchema {
  /// Whether a database holds nothing at all.
  static func isEmpty(_ database: Database) throws -> Bool {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
  }

  /// Makes the tables, and the row of the run.
  static func make(_ database: Database, run: RunDescription) throws {
    try database.execute(sql: sql)
    try database.execute(
      sql: "INSERT INTO runs (key, id, format, weft, pipeline) VALUES (1, ?, ?, ?, ?)",
      arguments: [run.id, run.format, run.weft, run.pipeline])
  }

  /// Checks that a database is a ledger of a version, and reads its run.
  static func check(
    _ database: Database, path: String, version: Int = version
  ) throws -> RunDescription {
    let application = try Int.fetchOne(database, sql: "PRAGMA application_id")
    guard application == applicationID else {
      throw LedgerError(
        .notALedger,
        "'\(path)' is a database but no ledger; name a directory that 'weft run' has made")
    }
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard found == version else {
      throw LedgerError(
        .otherVersion,
        "'\(path)' is a ledger of version \(found), and this weft reads version \(version); "
          + remedy(found))
    }
    let row = try Row.fetchOne(
      database, sql: "SELECT id, format, weft, pipeline FROM runs")
    guard let row else {
      throw LedgerError(.database, "'\(path)' names no run; \(LedgerError.remake)")
    }
    return RunDescription(
      id: row["id"], format: row["format"], weft: row["weft"], pipeline: row["pipeline"])
  }

  private static func remedy(_ found: Int) -> String {
    if found == renewableVersion {
      return "`weft run` of its pipeline makes it anew from its parts, which takes seconds"
    }
    return "use " + (found > version ? "the newer" : "the older")
      + " weft that made it, or run the pipeline again into another directory"
  }

  /// The version before, whose ledgers are made anew when they are opened for writing.
  static let renewableVersion = version - 1

  /// Whether a database is a ledger of the version before.
  static func isRenewable(_ database: Database) throws -> Bool {
    try Int.fetchOne(database, sql: "PRAGMA application_id") == applicationID
      && Int.fetchOne(database, sql: "PRAGMA user_version") == renewableVersion
  }
}

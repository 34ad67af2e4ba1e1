internal import GRDB
internal import Storage

extension Ledger {
  /// Puts a ledger without rows of stages in the place of one of the version before.
  ///
  /// The run merges the rows from its parts, as where there is no ledger. What no part holds, the states of the
  /// URLs that were fetched, is taken over. Killed before the last step, the old ledger is there as it was.
  static func renew(_ old: DatabaseQueue, path: String, run: RunDescription) throws {
    let found = try old.read {
      try LedgerSchema.check($0, path: path, version: LedgerSchema.renewableVersion)
    }
    try requireSame(found, run, path: path)
    try old.close()
    let renewed = path + ".new"
    try FileSystem.remove(renewed)
    let database = try DatabaseQueue(path: renewed, configuration: configuration(readOnly: false))
    try database.writeWithoutTransaction { database in
      try database.execute(sql: "ATTACH DATABASE ? AS old", arguments: [path])
      try database.inTransaction {
        try LedgerSchema.make(database, run: found)
        if try database.tableExists(FetchRow.table, in: "old") {
          try database.execute(sql: "INSERT INTO main.fetches SELECT * FROM old.fetches")
        }
        return .commit
      }
      try database.execute(sql: "DETACH DATABASE old")
    }
    try database.close()
    try FileSystem.rename(renewed, to: path)
  }
}

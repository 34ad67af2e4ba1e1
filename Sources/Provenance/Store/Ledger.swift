internal import Documents
internal import GRDB
internal import Storage

/// The ledger of a run: an SQLite database of what was read, what became of it and why.
///
/// It is a summary of part files and can be made anew from them. Its tables are those of
/// `schemas/v4-provenance.sql`; any SQLite reads them.
///
/// Commits are as few as partitions and long, so the rollback journal costs nothing against a
/// write-ahead log, and what it saves matters: at rest a ledger is one file, which opens from a
/// read-only copy and over a network file system, where shared memory does not work. A commit is
/// synced in full, so neither a killed process nor a lost current damages it.
public final class Ledger: Sendable {
  /// The path the ledger was opened by.
  public let path: String
  /// The run the ledger belongs to.
  public let run: RunDescription
  let database: DatabaseQueue

  private init(path: String, run: RunDescription, database: DatabaseQueue) {
    self.path = path
    self.run = run
    self.database = database
  }

  /// Opens the ledger of a run for writing, and makes it where there is none.
  ///
  /// - Throws: ``LedgerError``: ``LedgerError/Code/otherRun`` where the file is another run's
  ///   ledger.
  public static func create(path: String, run: RunDescription) throws -> Ledger {
    if let slash = path.lastIndex(of: "/") { try Directory.make(String(path[..<slash])) }
    return try LedgerError.wrap(path) {
      let database = try DatabaseQueue(path: path, configuration: configuration(readOnly: false))
      if try database.read(LedgerSchema.isRenewable) {
        try renew(database, path: path, run: run)
        return try create(path: path, run: run)
      }
      try database.write { database in
        if try LedgerSchema.isEmpty(database) { try LedgerSchema.make(database, run: run) }
      }
      let found = try database.read { try LedgerSchema.check($0, path: path) }
      try requireSame(found, run, path: path)
      return Ledger(path: path, run: found, database: database)
    }
  }

  static func requireSame(
    _ found: RunDescription, _ run: RunDescription, path: String
  ) throws(LedgerError) {
    guard found.id == run.id else {
      throw LedgerError(
        .otherRun,
        "'\(path)' is the ledger of run \(found.id), not of \(run.id); choose another output "
          + "directory, or remove this one to begin anew")
    }
  }

  /// Opens a ledger for reading.
  ///
  /// - Throws: ``LedgerError``, with a remedy, where the file is missing, is no ledger, or is one
  ///   of another version.
  public static func open(path: String) throws -> Ledger {
    guard FileSystem.isFile(path) else {
      throw LedgerError(
        .notALedger, "there is no ledger '\(path)'; name a directory that 'weft run' has made")
    }
    return try LedgerError.wrap(path) {
      let database: DatabaseQueue
      do {
        database = try DatabaseQueue(path: path, configuration: configuration(readOnly: true))
      } catch DatabaseError.SQLITE_READONLY_ROLLBACK {
        try undoKilledMerge(path)
        database = try DatabaseQueue(path: path, configuration: configuration(readOnly: true))
      }
      let run = try database.read { try LedgerSchema.check($0, path: path) }
      return Ledger(path: path, run: run, database: database)
    }
  }

  /// Lets SQLite undo the merge of a process that was killed, which it does for writers only.
  private static func undoKilledMerge(_ path: String) throws {
    let database = try DatabaseQueue(path: path, configuration: configuration(readOnly: false))
    try database.read { _ = try LedgerSchema.check($0, path: path) }
  }

  /// Reads with the database.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try LedgerError.wrap(path) { try database.read(body) }
  }

  static func configuration(readOnly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.label = "weft ledger"
    // A merge holds the ledger for seconds at most; whoever meets it waits.
    configuration.busyMode = .timeout(60)
    configuration.prepareDatabase { database in
      if readOnly {
        try database.execute(sql: "PRAGMA mmap_size = 1073741824")
      } else {
        // Rows of 200 bytes in tables without rowid want pages larger than the standard 4,096
        // bytes.
        try database.execute(sql: "PRAGMA page_size = 8192")
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try database.execute(sql: "PRAGMA cache_size = -262144")
      }
    }
    return configuration
  }
}

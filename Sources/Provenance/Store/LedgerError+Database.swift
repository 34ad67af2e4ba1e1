internal import GRDB

extension LedgerError {
  /// Calls a function and gives SQLite's own errors the ledger's name and a remedy.
  static func wrap<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw LedgerError(error, path: path)
    }
  }

  private init(_ error: DatabaseError, path: String) {
    let said = error.message ?? error.resultCode.description
    switch error.resultCode {
    case .SQLITE_NOTADB:
      self.init(
        .notALedger, "'\(path)' is no ledger (\(said)); name a directory that 'weft run' has made")
    case .SQLITE_FULL:
      self.init(
        .diskFull,
        "cannot write '\(path)': the disk is full; free some space and run the same command again")
    case .SQLITE_BUSY:
      self.init(.database, "'\(path)' is in use by another process; wait until it has ended")
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
      self.init(.database, "cannot open or write '\(path)' (\(said)); check its permissions")
    case .SQLITE_CORRUPT:
      self.init(.database, "'\(path)' is damaged (\(said)); \(Self.remake)")
    default:
      self.init(.database, "the ledger '\(path)' failed (\(said)); \(Self.remake)")
    }
  }
}

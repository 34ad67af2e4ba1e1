public import Documents
internal import GRDB

extension Ledger {
  /// Takes the rows of a partition out, such as one that a changed pipeline no longer has.
  ///
  /// It is no error where the ledger has no such part.
  public func remove(stage: StageName, partition: Int) throws {
    try LedgerError.wrap(path) {
      try database.write { database in
        try database.execute(
          sql: "DELETE FROM parts WHERE part = ?", arguments: [PartKey.value(stage, partition)])
      }
    }
  }
}

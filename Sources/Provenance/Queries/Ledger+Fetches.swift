public import Documents
internal import GRDB

extension Ledger {
  /// Sets the states of URLs, in one transaction that is durable when this returns.
  public func record(_ rows: [FetchRow]) throws {
    guard !rows.isEmpty else { return }
    let sql = FetchRow.insertion.replacing("INSERT INTO", with: "INSERT OR REPLACE INTO")
    try LedgerError.wrap(path) {
      try database.write { database in
        let statement = try database.makeStatement(sql: sql)
        for row in rows {
          try statement.execute(arguments: StatementArguments(row.values(part: 0)))
        }
      }
    }
  }

  /// The state of a URL in its normalised form; `nil` where it was never asked for.
  public func fetch(url: String) throws -> FetchRow? {
    guard try hasFetches() else { return nil }
    return try row("SELECT * FROM fetches WHERE url = ?", [url])
  }

  /// The states of all URLs after one, in the order of the URLs.
  public func fetches(after url: String = "", limit: Int = 10_000) throws -> [FetchRow] {
    guard try hasFetches() else { return [] }
    return try rows("SELECT * FROM fetches WHERE url > ? ORDER BY url LIMIT ?", [url, limit])
  }

  /// How many URLs were kept, and dropped by reason.
  public func fetchCounts() throws -> Tally {
    guard try hasFetches() else { return Tally() }
    return try read { database in
      var tally = Tally()
      let rows = try Row.fetchAll(
        database, sql: "SELECT reason, count(*) AS count FROM fetches GROUP BY reason")
      for row in rows {
        let count: Int = row["count"]
        if let reason = row["reason"] as String? {
          tally.drop(Reason.Code(reason), count)
        } else {
          tally.keep(count)
        }
      }
      return tally
    }
  }

  /// The last archive of fetched images, and how many of its bytes have states; `nil` where there is
  /// none.
  public func lastFetchSegment() throws -> (segment: Int, length: Int64)? {
    guard try hasFetches() else { return nil }
    return try read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT segment, "offset" + length AS length FROM fetches WHERE segment IS NOT NULL
          ORDER BY segment DESC, "offset" DESC LIMIT 1
          """)
      return row.map { (segment: $0["segment"], length: $0["length"]) }
    }
  }

  /// Whether any URL failed for a reason that may have passed.
  public func hasPassingFetches() throws -> Bool {
    guard try hasFetches() else { return false }
    return try read { database in
      try Int.fetchOne(database, sql: "SELECT 1 FROM fetches WHERE may_pass = 1 LIMIT 1") != nil
    }
  }

  /// The numbers of the archives of fetched images that hold any, in order.
  public func fetchSegments() throws -> [Int] {
    guard try hasFetches() else { return [] }
    return try read { database in
      try Int.fetchAll(
        database,
        sql: "SELECT DISTINCT segment FROM fetches WHERE segment IS NOT NULL ORDER BY segment")
    }
  }

  /// Whether the ledger has the table, which those that older builds made have not until they are
  /// opened for writing.
  private func hasFetches() throws -> Bool { try read { try $0.tableExists(FetchRow.table) } }
}

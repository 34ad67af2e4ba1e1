public import Documents
internal import GRDB

extension Ledger {
  /// The largest groups of documents, by how many were extracted.
  ///
  /// - Complexity: Grows with `limit`, not with the run.
  public func groups(_ kind: DocumentGroup.Kind, limit: Int) throws -> [DocumentGroup] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM document_group_totals WHERE kind = ?
          ORDER BY documents DESC, value LIMIT ?
          """, arguments: [kind.rawValue, limit])
      return rows.map { DocumentGroup(kind: kind, $0) }
    }
  }

  /// How many groups there are; those above `limit` are not counted.
  public func groupCount(_ kind: DocumentGroup.Kind, limit: Int) throws -> Int {
    try read { database in
      try Int.fetchOne(
        database,
        sql: """
          SELECT count(*) FROM (SELECT 1 FROM document_group_totals WHERE kind = ? LIMIT ?)
          """, arguments: [kind.rawValue, limit]) ?? 0
    }
  }

  /// The lengths in tokens of the sequences of a shard, and how many documents they hold parts of.
  ///
  /// - Complexity: O(n) in the shard's runs of tokens.
  public func packing(
    _ corpus: Corpus, _ shard: Int
  ) throws -> (lengths: Histogram, documents: Int) {
    try read { database in
      let key = ShardRow.key(corpus, shard)
      let lengths = try Row.fetchAll(
        database,
        sql: """
          SELECT length, count(*) AS sequences FROM (
            SELECT max(start + length) AS length FROM segments WHERE shard = ? GROUP BY sequence)
          GROUP BY length
          """, arguments: [key])
      var measured = Histogram.Builder()
      for row in lengths { measured.add(row["length"], times: row["sequences"]) }
      let documents = try Int.fetchOne(
        database, sql: "SELECT count(DISTINCT document) FROM segments WHERE shard = ?",
        arguments: [key])
      return (measured.histogram(of: .positions(corpus)), documents ?? 0)
    }
  }

  /// The largest groups of the documents that a shard holds parts of.
  ///
  /// - Complexity: O(n log m) in the shard's documents and the run's.
  public func groups(
    _ kind: DocumentGroup.Kind, of corpus: Corpus, _ shard: Int, limit: Int
  ) throws -> [DocumentGroup] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT coalesce(\(kind.rawValue), '') AS value, count(*) AS documents,
            sum(characters) AS characters
          FROM (SELECT DISTINCT document FROM segments WHERE shard = ?)
          CROSS JOIN documents ON id = document
          GROUP BY 1 ORDER BY documents DESC, value LIMIT ?
          """, arguments: [ShardRow.key(corpus, shard), limit])
      return rows.map { row in
        var group = DocumentGroup(kind: kind, value: row["value"])
        group.documents = row["documents"]
        group.characters = row["characters"]
        return group
      }
    }
  }
}

extension DocumentGroup {
  fileprivate init(kind: Kind, _ row: Row) {
    self.init(kind: kind, value: row["value"])
    documents = row["documents"]
    characters = row["characters"]
    interleaved = row["interleaved"]
    texts = row["texts"]
    pairs = row["pairs"]
  }
}

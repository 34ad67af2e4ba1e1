public import Documents
internal import GRDB

/// Which documents of a run are looked at.
public enum DocumentFilter: Hashable, Sendable {
  /// All that were extracted.
  case all
  /// Those of the interleaved or the text corpus, or with pairs in the pairs corpus.
  case corpus(Corpus)
  /// Those whose URL begins so.
  case url(String)
  /// Those of a registrable domain.
  case domain(String)
}

/// An image that pages show.
public struct ShownImage: Hashable, Sendable {
  /// The SHA-256 of its bytes.
  public var digest: Digest
  /// Where it was found, or the first of the places.
  public var url: String
}

extension Ledger {
  /// A stretch of the documents of a filter, in the order of the index that serves it.
  ///
  /// - Complexity: Grows with `offset + limit`, not with the run.
  public func documents(
    _ filter: DocumentFilter, limit: Int, offset: Int
  ) throws -> [DocumentRow] {
    switch filter {
    case .all:
      return try rows(
        "SELECT * FROM documents ORDER BY part, ordinal LIMIT ? OFFSET ?", [limit, offset])
    case .corpus(let corpus):
      let ids =
        corpus == .pairs
        ? "SELECT DISTINCT document FROM pairs ORDER BY document LIMIT ? OFFSET ?"
        : "SELECT document FROM corpus_documents WHERE corpus = '\(corpus.rawValue)' "
          + "ORDER BY document LIMIT ? OFFSET ?"
      return try rows(
        "SELECT documents.* FROM (\(ids)) AS chosen CROSS JOIN documents ON id = chosen.document",
        [limit, offset])
    case .url, .domain:
      let (condition, arguments) = Self.condition(filter)
      return try rows(
        "SELECT * FROM documents WHERE \(condition) LIMIT ? OFFSET ?", arguments + [limit, offset])
    }
  }

  /// Among how many pages of an address or a domain their pairs and images are looked for.
  ///
  /// A domain may have millions of pages without any.
  public static let pageLimit = 20_000

  /// A stretch of the pairs of the documents of a filter, of the first ``pageLimit`` of an address or domain.
  public func pairs(_ filter: DocumentFilter, limit: Int, offset: Int) throws -> [PairRow] {
    switch filter {
    case .all, .corpus:
      return try rows(
        "SELECT * FROM pairs ORDER BY document, image LIMIT ? OFFSET ?", [limit, offset])
    case .url, .domain:
      let (condition, arguments) = Self.condition(filter)
      return try rows(
        """
        SELECT pairs.* FROM (SELECT id FROM documents WHERE \(condition) LIMIT ?) AS shown
        CROSS JOIN pairs ON pairs.document = shown.id LIMIT ? OFFSET ?
        """, arguments + [Self.pageLimit, limit, offset])
    }
  }

  /// A stretch of the images that the documents of a filter show, as found in the archives; of the first
  /// ``pageLimit`` documents of an address or domain.
  public func images(_ filter: DocumentFilter, limit: Int, offset: Int) throws -> [ShownImage] {
    let sql: String
    var arguments = StatementArguments()
    switch filter {
    case .all, .corpus:
      sql = """
        SELECT digest, (
          SELECT url FROM images AS found WHERE found.digest = shown.digest
          ORDER BY part, ordinal LIMIT 1) AS url
        FROM (SELECT DISTINCT digest FROM images ORDER BY digest LIMIT ? OFFSET ?) AS shown
        """
    case .url, .domain:
      let found = Self.condition(filter)
      arguments = found.arguments + [Self.pageLimit]
      sql = """
        SELECT DISTINCT shows.digest AS digest, shows.url AS url
        FROM (SELECT id FROM documents WHERE \(found.condition) LIMIT ?) AS shown
        CROSS JOIN document_images AS shows ON shows.document = shown.id
        WHERE shows.digest IS NOT NULL LIMIT ? OFFSET ?
        """
    }
    return try read { database in
      try Row.fetchAll(database, sql: sql, arguments: arguments + [limit, offset]).map { row in
        ShownImage(digest: try Digest(column: row["digest"]), url: row["url"])
      }
    }
  }

  /// A stretch of the images whose own URLs begin so, in the order of the URLs.
  ///
  /// - Complexity: Grows with `offset + limit`, not with the run.
  public func images(urlPrefix: String, limit: Int, offset: Int) throws -> [ShownImage] {
    try read { database in
      // U+10FFFF sorts after all that can follow the prefix, so the index serves the range.
      try Row.fetchAll(
        database,
        sql: """
          SELECT DISTINCT url, digest FROM images WHERE url >= ? AND url < ?
          ORDER BY url, digest LIMIT ? OFFSET ?
          """, arguments: [urlPrefix, urlPrefix + "\u{10FFFF}", limit, offset]
      ).map { row in
        ShownImage(digest: try Digest(column: row["digest"]), url: row["url"])
      }
    }
  }

  /// A stretch of what a stage dropped of a unit for a reason, in the order of the ledger.
  public func decisions(
    of stage: StageName, _ unit: StageCounts.Unit, reason: Reason.Code, limit: Int, offset: Int
  ) throws -> [DecisionRow] {
    try rows(
      """
      SELECT * FROM decisions WHERE reason = ? AND unit = ? AND part BETWEEN ? AND ?
      ORDER BY part, ordinal LIMIT ? OFFSET ?
      """,
      [
        reason.rawValue, unit.rawValue, PartKey.value(stage, 0),
        PartKey.value(stage, Int(UInt32.max)), limit, offset,
      ])
  }

  /// A stretch of the records that the read stage dropped for a reason, in the order of the ledger.
  public func records(reason: Reason.Code, limit: Int, offset: Int) throws -> [RecordRow] {
    try rows(
      "SELECT * FROM records WHERE reason = ? ORDER BY part, ordinal LIMIT ? OFFSET ?",
      [reason.rawValue, limit, offset])
  }

  private static func condition(
    _ filter: DocumentFilter
  ) -> (condition: String, arguments: StatementArguments) {
    switch filter {
    case .url(let prefix):
      // U+10FFFF sorts after all that can follow the prefix, so the index serves the range.
      ("url >= ? AND url < ? ORDER BY url, id", [prefix, prefix + "\u{10FFFF}"])
    case .domain(let domain): ("domain = ? ORDER BY domain, id", [domain])
    case .all, .corpus: ("1", [])
    }
  }
}

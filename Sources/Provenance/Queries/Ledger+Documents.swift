public import Documents
internal import GRDB

extension Ledger {
  /// The archives the run reads, in their order.
  public func inputs(limit: Int = .max) throws -> [InputRow] {
    try rows("SELECT * FROM inputs ORDER BY input, part, ordinal LIMIT ?", [limit])
  }

  /// How many archives the run reads, and their size in bytes.
  public func inputTotals() throws -> (count: Int, bytes: Int64) {
    try read { database in
      let row = try Row.fetchOne(
        database, sql: "SELECT count(*), coalesce(sum(bytes), 0) FROM inputs")
      return (row?[0] ?? 0, row?[1] ?? 0)
    }
  }

  /// An archive by its index.
  public func input(_ input: Int) throws -> InputRow? {
    try row("SELECT * FROM inputs WHERE input = ? LIMIT 1", [input])
  }

  /// A record by its identity.
  public func record(_ id: RecordID) throws -> RecordRow? {
    try row("SELECT * FROM records WHERE id = ? LIMIT 1", [id.column])
  }

  /// The page records with a URL: also those of which no document was made.
  public func pages(url: String, limit: Int = 100) throws -> [RecordRow] {
    try rows(
      """
      SELECT * FROM records WHERE address = ? AND kind = 'page' AND url = ?
      ORDER BY part, ordinal LIMIT ?
      """, [AddressKey.value(url), url, limit])
  }

  /// A document by its identity.
  public func document(_ id: DocumentID) throws -> DocumentRow? {
    try row("SELECT * FROM documents WHERE id = ? LIMIT 1", [id.column])
  }

  /// An example of instruction tuning by its identity.
  public func instruction(_ id: DocumentID) throws -> InstructionRow? {
    try row("SELECT * FROM instructions WHERE id = ? LIMIT 1", [id.column])
  }

  /// The partition of the stage extract that made a document.
  public func documentPartition(_ id: DocumentID) throws -> Int? {
    try read { database in
      try Int.fetchOne(
        database,
        sql: "SELECT partition FROM documents JOIN parts USING (part) WHERE id = ? LIMIT 1",
        arguments: [id.column])
    }
  }

  /// The documents with a URL.
  public func documents(url: String, limit: Int = 100) throws -> [DocumentRow] {
    try rows("SELECT * FROM documents WHERE url = ? ORDER BY id LIMIT ?", [url, limit])
  }

  /// The documents whose URL begins with a text, by URL.
  public func documents(urlPrefix prefix: String, limit: Int = 100) throws -> [DocumentRow] {
    // U+10FFFF sorts after all that can follow the prefix, so the index serves the range.
    try rows(
      "SELECT * FROM documents WHERE url >= ? AND url < ? ORDER BY url, id LIMIT ?",
      [prefix, prefix + "\u{10FFFF}", limit])
  }

  /// The documents of a registrable domain.
  public func documents(domain: String, limit: Int = 100) throws -> [DocumentRow] {
    try rows("SELECT * FROM documents WHERE domain = ? ORDER BY id LIMIT ?", [domain, limit])
  }

  /// The images of a document in reading order, as it was extracted.
  public func images(of document: DocumentID) throws -> [DocumentImageRow] {
    try rows(
      "SELECT * FROM document_images WHERE document = ? ORDER BY image, part, ordinal",
      [document.column])
  }

  /// The records that hold an image's bytes.
  public func images(digest: Digest, limit: Int = 100) throws -> [ImageRow] {
    try rows(
      "SELECT * FROM images WHERE digest = ? ORDER BY part, ordinal LIMIT ?",
      [digest.column, limit])
  }

  /// The crawled images that corpora hold as the file of a digest; none for an image as it was crawled.
  public func digests(storedAs digest: Digest) throws -> [Digest] {
    let found: [StoredImageRow] = try rows(
      "SELECT * FROM stored_images WHERE stored = ? GROUP BY digest ORDER BY digest",
      [digest.column])
    return found.map(\.digest)
  }

  /// Where documents show an image.
  public func documentImages(digest: Digest, limit: Int = 100) throws -> [DocumentImageRow] {
    try rows(
      "SELECT * FROM document_images WHERE digest = ? ORDER BY document, image LIMIT ?",
      [digest.column, limit])
  }

  func row<R: ReadableRow>(_ sql: String, _ arguments: StatementArguments) throws -> R? {
    try read { database in
      try Row.fetchOne(database, sql: sql, arguments: arguments).map { try R(row: $0) }
    }
  }

  func rows<R: ReadableRow>(
    _ sql: String, _ arguments: StatementArguments = StatementArguments()
  ) throws -> [R] {
    try read { database in
      try Row.fetchAll(database, sql: sql, arguments: arguments).map { try R(row: $0) }
    }
  }
}

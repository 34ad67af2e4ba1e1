public import Documents
public import Provenance

/// What became of the pages behind a URL, the beginning of one, a domain or an image.
public struct AddressTrace: Hashable, Sendable, Codable {
  /// What is looked for.
  public enum Query: Hashable, Sendable, Codable {
    /// Pages of exactly this URL.
    case url(String)
    /// Pages whose URL begins so.
    case prefix(String)
    /// Pages of this registrable domain.
    case domain(String)
    /// Pages that show an image of this digest.
    case image(Digest)
  }

  /// What became of one page.
  public struct Page: Hashable, Sendable, Codable {
    /// The page's record, which is also the document's identity.
    public var record: RecordRow
    /// The document that was extracted; `nil` where none was.
    public var document: DocumentRow?
    /// What the corpora hold of it.
    public var entries: [CorpusEntry]
    /// The runs of tokens that came from it.
    public var segments: [SegmentRow]
    /// Why parts of it, or all of it, went no further.
    public var decisions: [StageDecision]
  }

  /// What was looked for.
  public var query: Query
  /// The pages, at most as many as were asked for.
  public var pages: [Page]
}

extension InspectedRun {
  /// Traces pages to the shards and sequences that hold them.
  public func trace(_ query: AddressTrace.Query, limit: Int = 100) throws -> AddressTrace {
    var records: [RecordRow] = []
    switch query {
    case .url(let url):
      records = try ledger.pages(url: url, limit: limit)
    case .prefix(let prefix):
      records = try ledger.documents(urlPrefix: prefix, limit: limit).compactMap {
        try ledger.record($0.id)
      }
    case .domain(let domain):
      records = try ledger.documents(domain: domain, limit: limit).compactMap {
        try ledger.record($0.id)
      }
    case .image(let digest):
      var seen: Set<DocumentID> = []
      // Whoever holds a corpus knows the digests of its files, and those of scaled images are new.
      let digests = [digest] + (try ledger.digests(storedAs: digest))
      records = try digests.flatMap { try ledger.documentImages(digest: $0, limit: limit) }
        .map(\.document)
        .filter { seen.insert($0).inserted }.compactMap { try ledger.record($0) }
    }
    return AddressTrace(query: query, pages: try records.map(page))
  }

  private func page(_ record: RecordRow) throws -> AddressTrace.Page {
    AddressTrace.Page(
      record: record, document: try ledger.document(record.id),
      entries: try ledger.entries(of: record.id), segments: try ledger.segments(of: record.id),
      decisions: try ledger.decisions(on: .record(record.id)))
  }
}

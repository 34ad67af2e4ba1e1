public import Documents
internal import Hashing
internal import Interleaving
public import WebArchive

/// Reads the documents of one archive in order, without a run: what `weft extract` prints.
///
/// Memory does not grow with the archive.
public struct PageReader: ~Copyable {
  /// A page and what became of it.
  public struct Page: Sendable {
    /// The page's URL, as the archive writes it.
    public var url: String
    /// The document, or why there is none.
    public var document: Decision<InterleavedDocument>
  }

  private var archive: ArchiveReader
  private var records = ArchivedRecords()
  /// Reads the records that revisits repeat.
  private let originals: RecordReader
  private let extractor = Extractor()

  /// Opens an archive.
  ///
  /// - Throws: `StorageError` where the file cannot be read.
  public init(path: String) throws {
    let digest = try Digest(ofFile: path)
    let originals = try RecordReader(path: path, archiveDigest: digest)
    let archive = try ArchiveReader(path: path, input: 0, archiveDigest: digest)
    self.originals = originals
    self.archive = archive
  }

  /// Reads the next page; `nil` at the end of the archive.
  public mutating func next() throws -> Page? {
    while let item = archive.next() {
      guard case .record(let record) = item else { continue }
      let facts = records.facts(of: record)
      guard facts.kind == .page, let url = record.targetURI else { continue }
      switch response(of: record, repeating: facts.original) {
      case .dropped(let reason): return Page(url: url, document: .dropped(reason))
      case .kept(let response):
        let extraction = extractor.extract(
          body: response.body, contentType: response.fields["Content-Type"], url: url,
          id: record.id)
        return Page(url: url, document: extraction.document)
      }
    }
    return nil
  }

  private func response(
    of record: WARCRecord, repeating original: RecordReference?
  ) -> Decision<HTTPResponse> {
    guard let original else { return HTTPResponse.archived(by: record) }
    return originals.response(at: record.location, repeating: original.location)
  }
}

extension PageReader {
  /// Turns a page's HTTP response into a document, as the extract stage does; `nil` where it has none.
  public static func extract(
    _ response: HTTPResponse, url: String, id: DocumentID
  ) -> InterleavedDocument? {
    Extractor().extract(
      body: response.body, contentType: response.contentType, url: url, id: id
    ).document.value
  }
}

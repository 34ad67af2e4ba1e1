public import Documents
internal import Hashing
internal import Interleaving
public import WebArchive

/// Reads the documents of one archive, without a run: what `weft extract` prints.
///
/// Memory does not grow with the archive, but for the places of the records that revisits may repeat.
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

  /// Reads the next pages; `nil` at the end of the archive.
  mutating func next() -> PageBatch? {
    var batch = PageBatch(originals: originals)
    while !batch.isFull, let item = archive.next() {
      guard case .record(let record) = item else { continue }
      let facts = records.facts(of: record)
      guard facts.kind == .page, let url = record.targetURI else { continue }
      batch.pages.append((record, url, facts.original))
    }
    return batch.pages.isEmpty ? nil : batch
  }
}

extension PageReader {
  /// The response that a record itself holds, where that is a page that can be read.
  package static func page(in record: WARCRecord) -> HTTPResponse? {
    var records = ArchivedRecords()
    let facts = records.facts(of: record)
    guard facts.kind == .page, facts.original == nil else { return nil }
    return HTTPResponse.archived(by: record).value
  }

  /// Turns a page's HTTP response into a document, as the extract stage does; `nil` where it has none.
  public static func extract(
    _ response: HTTPResponse, url: String, id: DocumentID
  ) -> InterleavedDocument? {
    Extractor().extract(
      body: response.body, contentType: response.contentType, url: url, id: id
    ).document.value
  }
}

/// Consecutive pages of an archive: what one thread extracts at a time.
struct PageBatch: Sendable {
  /// So many bytes take some 10 ms, which is long beside what handing them over takes.
  private static let enoughBytes: Int64 = 1 << 19
  private static let enoughPages = 64

  /// Each page's record, its URL and, for a revisit, the record that it repeats.
  var pages: [(record: WARCRecord, url: String, original: RecordReference?)] = []
  /// Reads the records that revisits repeat.
  let originals: RecordReader

  init(originals: RecordReader) { self.originals = originals }

  /// Whether there are enough of them.
  var isFull: Bool {
    pages.count >= Self.enoughPages
      || pages.reduce(0) { $0 + $1.record.blockLength } >= Self.enoughBytes
  }

  /// Extracts the pages.
  func extracted() -> [PageReader.Page] {
    pages.map { record, url, original in
      switch response(of: record, repeating: original) {
      case .dropped(let reason): PageReader.Page(url: url, document: .dropped(reason))
      case .kept(let response):
        PageReader.Page(
          url: url,
          document: Extractor().extract(
            body: response.body, contentType: response.fields["Content-Type"], url: url,
            id: record.id
          ).document)
      }
    }
  }

  private func response(
    of record: WARCRecord, repeating original: RecordReference?
  ) -> Decision<HTTPResponse> {
    guard let original else { return HTTPResponse.archived(by: record) }
    return originals.response(at: record.location, repeating: original.location)
  }
}

public import Documents
internal import Hashing
internal import Interleaving
public import WebArchive

/// Reads the documents of one archive, without a run: what `weft extract` prints.
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

  /// Opens an archive.
  ///
  /// - Throws: `StorageError` where the file cannot be read.
  public init(path: String) throws {
    archive = try ArchiveReader(path: path, input: 0, archiveDigest: Digest(ofFile: path))
  }

  /// Reads the next responses; `nil` at the end of the archive.
  mutating func next() -> ResponseBatch? {
    var batch = ResponseBatch()
    while !batch.isFull, let item = archive.next() {
      if case .record(let record) = item, record.kind == .response { batch.records.append(record) }
    }
    return batch.records.isEmpty ? nil : batch
  }
}

extension PageReader {
  /// The response that a record holds, where that is a page that can be read.
  package static func page(in record: WARCRecord) -> HTTPResponse? {
    ResponseFacts(record).kind == .page ? record.httpResponse.value : nil
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

/// Consecutive responses of an archive: what one thread extracts at a time.
struct ResponseBatch: Sendable {
  /// So many bytes take some 10 ms, which is long beside what handing them over takes.
  private static let enoughBytes: Int64 = 1 << 19
  private static let enoughRecords = 64

  var records: [WARCRecord] = []

  /// Whether there are enough of them.
  var isFull: Bool {
    records.count >= Self.enoughRecords
      || records.reduce(0) { $0 + $1.blockLength } >= Self.enoughBytes
  }

  /// Extracts the pages among the responses.
  func pages() -> [PageReader.Page] { records.compactMap(page) }

  private func page(_ record: WARCRecord) -> PageReader.Page? {
    guard ResponseFacts(record).kind == .page, let url = record.targetURI else { return nil }
    switch record.httpResponse {
    case .dropped(let reason): return PageReader.Page(url: url, document: .dropped(reason))
    case .kept(let response):
      let extraction = Extractor().extract(
        body: response.body, contentType: response.fields["Content-Type"], url: url, id: record.id)
      return PageReader.Page(url: url, document: extraction.document)
    }
  }
}

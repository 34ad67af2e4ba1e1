public import Documents
public import Provenance

/// A document as a corpus holds it, and what was decided on it.
public struct DocumentView: Hashable, Sendable, Codable {
  /// An image file of the corpus archive.
  public struct ImageFile: Hashable, Sendable, Codable {
    /// Its name in the archive, such as `KEY.0.jpg`.
    public var name: String
    /// Its size in bytes.
    public var bytes: Int
  }

  /// What the document was extracted as.
  public var row: DocumentRow
  /// The corpus shown; `nil` where no corpus holds the document.
  public var corpus: Corpus?
  /// The archive that holds it.
  public var archive: String?
  /// The document as it stands there.
  public var document: InterleavedDocument?
  /// The image files beside it, in order.
  public var images: [ImageFile]
  /// The corpora that hold the document or pairs of it.
  public var entries: [CorpusEntry]
  /// The runs of tokens that came from it.
  public var segments: [SegmentRow]
  /// Why parts of it, or all of it, went no further.
  public var decisions: [StageDecision]
}

extension InspectedRun {
  /// A document as a corpus holds it: the interleaved one where it does, else that of text.
  ///
  /// - Throws: ``InspectionError`` where the run has no such document.
  public func document(_ id: DocumentID, corpus: Corpus? = nil) throws -> DocumentView {
    guard let row = try ledger.document(id) else {
      throw InspectionError(
        .notFound, "the run has no document \(id); 'weft trace --url' finds documents by URL")
    }
    let entries = try ledger.entries(of: id)
    let entry = entries.first { $0.corpus != .pairs && ($0.corpus == corpus || corpus == nil) }
    var view = DocumentView(
      row: row, images: [], entries: entries, segments: try ledger.segments(of: id),
      decisions: try ledger.decisions(on: .record(id)))
    if let entry {
      let sample = try sample(entry)
      view.corpus = entry.corpus
      view.archive = RunDirectory.corpus(entry.corpus, entry.partition)
      view.document = try sample.value(InterleavedDocument.self)
      view.images = sample.images.map {
        DocumentView.ImageFile(name: $0.name, bytes: $0.bytes.count)
      }
    }
    return view
  }
}

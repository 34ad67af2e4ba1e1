internal import Compression
public import Documents
internal import Provenance
internal import Storage

extension InspectedRun {
  /// A document as it was extracted, before curation; `nil` where the run does not hold it any longer.
  ///
  /// - Throws: `JSONLinesError` and `StorageError` where the file of its part cannot be read.
  public func extracted(_ id: DocumentID) throws -> InterleavedDocument? {
    guard let part = try ledger.documentPartition(id) else { return nil }
    let path = directory.path(RunDirectory.documents(part))
    guard FileSystem.isFile(path) else { return nil }
    return try SoughtDocument.$id.withValue(id) {
      var reader = try JSONLinesReader<SoughtDocument>(path: path)
      while let sought = try reader.next() {
        if let document = sought.document { return document }
      }
      return nil
    }
  }
}

/// A line of documents, decoded only where it is the document that is sought: a part has hundreds.
private struct SoughtDocument: Decodable {
  @TaskLocal static var id: DocumentID?

  var document: InterleavedDocument?

  private enum Key: String, CodingKey { case id }

  init(from decoder: any Decoder) throws {
    let found = try decoder.container(keyedBy: Key.self).decode(DocumentID.self, forKey: .id)
    document = found == Self.id ? try InterleavedDocument(from: decoder) : nil
  }
}

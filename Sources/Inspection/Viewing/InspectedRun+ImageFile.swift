public import Documents
internal import Provenance
internal import WebArchive

extension InspectedRun {
  /// The file of an image: out of the archive, or out of a corpus where the archive has gone.
  ///
  /// The bytes are as they were crawled and must not be shown as they are.
  ///
  /// - Throws: ``InspectionError`` where the run has no such image, or no file of it can be read.
  public func imageFile(_ digest: Digest) throws -> [UInt8] {
    let found = try ledger.images(digest: digest, limit: 4)
    for image in found {
      guard let record = try ledger.record(image.record),
        let input = try ledger.input(record.location.input)
      else { continue }
      let original = try record.original.flatMap { try ledger.record($0) }
      let places = [record.location, original?.location].compactMap { $0 }
      guard let reader = try? input.recordReader(for: places) else { continue }
      let response = reader.response(at: record.location, repeating: original?.location)
      if let body = response.value?.body { return body }
    }
    for shown in try ledger.documentImages(digest: digest, limit: 4) {
      if let bytes = try corpusFile(of: digest, in: shown.document) { return bytes }
    }
    throw InspectionError(
      found.isEmpty ? .notFound : .unreadable,
      found.isEmpty
        ? "the run has no image \(digest)"
        : "no file of image \(digest) can be read; are the archives where they were?")
  }

  private func corpusFile(of digest: Digest, in document: DocumentID) throws -> [UInt8]? {
    let entry = try ledger.entries(of: document).first { $0.corpus == .interleaved }
    guard let entry else { return nil }
    let sample = try sample(entry)
    let resolved = try sample.value(InterleavedDocument.self).images.compactMap(\.resolved)
    guard let place = resolved.firstIndex(where: { $0.digest == digest }),
      sample.images.indices.contains(place)
    else { return nil }
    return sample.images[place].bytes
  }
}

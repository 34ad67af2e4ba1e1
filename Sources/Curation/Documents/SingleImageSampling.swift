import Documents

/// Discards a share of the documents with exactly one image (KOSMOS-1, B.1: half of them).
///
/// Which ones is a function of the document's identity and the seed, so that the order of documents,
/// the number of workers and restarts change nothing.
struct SingleImageSampling {
  var discard: Double
  var seed: UInt64

  func refusal(of document: DocumentID, images: Int) -> Reason? {
    guard images == 1 else { return nil }
    let drawn = SeededHash.unit(seed: seed, salt: "curation.singleImage", id: document.bytes)
    return drawn < discard
      ? Reason(.singleImageDiscarded, measured: drawn, threshold: discard) : nil
  }
}

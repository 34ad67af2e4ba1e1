public import Documents

/// Whether a document is trained on or held out.
public enum Split: String, Hashable, Sendable, Codable, CaseIterable {
  case train, validation

  /// The split of a document: a share of all documents, chosen by hash, is held out.
  ///
  /// - Parameter validationFraction: The share that is held out, from 0 to 1.
  public init(of document: DocumentID, seed: UInt64, validationFraction: Double) {
    let unit = SeededHash.unit(seed: seed, salt: "validation-split", id: document.bytes)
    self = unit < validationFraction ? .validation : .train
  }
}

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

/// The order in which a corpus's documents are packed: by hash, whatever parts they stand in.
///
/// Neighbours in a crawl are pages of one site; packed as they come they would share a sequence and,
/// with it, each other as context. The order is by the document's hash under the seed, then by its
/// identity, then by its place, so that it is a function of the corpus and the seed.
public struct DocumentOrder: Sendable {
  /// Where a document stands.
  public struct Place: Hashable, Sendable {
    /// The index of its part.
    public var part: Int
    /// Its index in the part.
    public var index: Int
  }

  /// The documents of one split in the order in which they are packed.
  public let places: [Place]

  /// Orders the documents of one split of parts.
  public init(of parts: [TokenizedPart], split: Split, seed: UInt64, validationFraction: Double) {
    var keyed: [(hash: UInt64, id: DocumentID, place: Place)] = []
    for (number, part) in parts.enumerated() {
      for (index, id) in part.documentIDs.enumerated() {
        let own = Split(of: id, seed: seed, validationFraction: validationFraction)
        guard own == split else { continue }
        let hash = SeededHash.value(seed: seed, salt: "document-order", id: id.bytes)
        keyed.append((hash, id, Place(part: number, index: index)))
      }
    }
    keyed.sort {
      if $0.hash != $1.hash { return $0.hash < $1.hash }
      if $0.id != $1.id { return $0.id < $1.id }
      return ($0.place.part, $0.place.index) < ($1.place.part, $1.place.index)
    }
    places = keyed.map(\.place)
  }
}

internal import Documents

/// The order in which a corpus's documents are packed: by hash, whatever parts they stand in.
///
/// Neighbours in a crawl are pages of one site; packed as they come they would share a sequence and,
/// with it, each other as context. The order is by the document's hash under the seed, then by its
/// identity, then by its place, so that it is a function of the corpus and the seed. It takes 16 bytes
/// a document.
public struct DocumentOrder: Sendable {
  /// Where a document stands.
  public struct Place: Hashable, Sendable {
    fileprivate var hash: UInt64
    private var partNumber: UInt32
    private var indexInPart: UInt32

    fileprivate init(hash: UInt64, part: Int, index: Int) {
      self.hash = hash
      partNumber = UInt32(part)
      indexInPart = UInt32(index)
    }

    /// The index of its part.
    public var part: Int { Int(partNumber) }
    /// Its index in the part.
    public var index: Int { Int(indexInPart) }
  }

  /// The documents of one split in the order in which they are packed.
  public let places: [Place]

  /// Orders the documents of one split of parts, those of a range.
  ///
  /// - Precondition: There are fewer than 2^32 parts, of fewer than 2^32 documents each.
  public init(
    of parts: [TokenizedPart], range: DocumentRange = .whole, split: Split, seed: UInt64,
    validationFraction: Double
  ) {
    var places: [Place] = []
    for (number, part) in parts.enumerated() {
      for (index, id) in part.documentIDs.enumerated() {
        let hash = DocumentRange.hash(of: id, seed: seed)
        guard range.contains(hash: hash),
          Split(of: id, seed: seed, validationFraction: validationFraction) == split
        else { continue }
        places.append(Place(hash: hash, part: number, index: index))
      }
    }
    places.sort {
      if $0.hash != $1.hash { return $0.hash < $1.hash }
      // Pairs of one page, as a rule: identities are looked up where they decide.
      let ids = [$0, $1].map { parts[$0.part].documentID(at: $0.index) }
      if ids[0] != ids[1] { return ids[0] < ids[1] }
      return ($0.part, $0.index) < ($1.part, $1.index)
    }
    self.places = places
  }
}

public import Documents

/// One of so many equal ranges of the hashes by which a corpus's documents are ordered.
///
/// The ranges one after the other are the whole order, so that each can be packed on its own. A
/// document stands in one of them; which one, its identity and the seed decide alone.
public struct DocumentRange: Hashable, Sendable {
  /// All documents.
  public static let whole = DocumentRange(0, of: 1)

  /// The range's place among all.
  public let index: Int
  /// How many ranges there are.
  public let count: Int

  /// Names a range.
  ///
  /// - Precondition: The index is below the count.
  public init(_ index: Int, of count: Int) {
    precondition((0..<count).contains(index), "a range is one of a count")
    self.index = index
    self.count = count
  }

  /// Whether a document stands in the range.
  public func contains(_ document: DocumentID, seed: UInt64) -> Bool {
    count == 1 || contains(hash: Self.hash(of: document, seed: seed))
  }

  /// Whether the documents of a hash stand in the range.
  func contains(hash: UInt64) -> Bool {
    hash.multipliedFullWidth(by: UInt64(count)).high == UInt64(index)
  }

  /// The hash by which a document is ordered.
  static func hash(of document: DocumentID, seed: UInt64) -> UInt64 {
    SeededHash.value(seed: seed, salt: "document-order", id: document.bytes)
  }
}

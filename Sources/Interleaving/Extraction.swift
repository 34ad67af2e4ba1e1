public import Documents

/// What became of a page: its document, and what of the page is not in it.
public struct Extraction: Sendable {
  /// The document, or why there is none.
  public var document: Decision<InterleavedDocument>
  /// One row for the root of each part of the page that was dropped and one for each dropped image,
  /// in document order.
  public var dropped: [DroppedNode]

  /// Makes an extraction from its parts.
  public init(document: Decision<InterleavedDocument>, dropped: [DroppedNode]) {
    self.document = document
    self.dropped = dropped
  }
}

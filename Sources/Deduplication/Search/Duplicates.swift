public import Documents

/// What a search found in one part.
public struct Duplicates: Hashable, Sendable {
  /// A document that another stands for.
  public struct Document: Hashable, Sendable {
    /// The document's place in its part.
    public var index: Int
    /// Why it goes no further; the detail is the identity of the one that is kept.
    public var reason: Reason
  }

  /// A text block that another page of the host keeps.
  public struct Block: Hashable, Sendable {
    /// The document's place in its part.
    public var index: Int
    /// The place of the block among the document's nodes.
    public var node: Int
    /// Why it goes no further; the detail is the identity of the document that keeps it.
    public var reason: Reason
  }

  /// The documents that go no further, in order.
  public var documents: [Document] = []
  /// The blocks that go no further, of documents that do, in order.
  public var blocks: [Block] = []

  /// Makes findings of nothing.
  public init() {}
}

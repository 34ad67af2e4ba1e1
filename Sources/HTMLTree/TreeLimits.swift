internal import CHTML
public import Documents

/// The bounds of a page and of the tree made from it.
public struct TreeLimits: Hashable, Sendable {
  /// The longest page, in bytes; a longer one is dropped.
  ///
  /// Common Crawl cuts pages at 5 MiB.
  public var bytes = 16 << 20
  /// The deepest element recorded; a browser of today stops at 512.
  public var depth = 256
  /// The most elements and runs of text.
  public var nodes = 1 << 20
  /// The most attributes.
  public var attributes = 1 << 20
  /// The most attributes of one element.
  public var attributesPerElement = 128
  /// The most bytes of text, names and attribute values together.
  public var text = 32 << 20

  /// Makes the default bounds.
  public init() {}

  var values: CHTML_Limits {
    CHTML_Limits(
      depth: UInt32(clamping: depth), nodes: UInt32(clamping: min(nodes, Int(Int32.max))),
      attributes: UInt32(clamping: attributes),
      attributesPerElement: UInt32(clamping: min(attributesPerElement, Int(UInt16.max))),
      text: UInt32(clamping: text))
  }
}

extension Reason.Code {
  /// A page has more bytes than are read.
  public static let pageTooLarge = Self("pageTooLarge")
  /// There was no memory for a page's tree.
  public static let outOfMemory = Self("outOfMemory")
}

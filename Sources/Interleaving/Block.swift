import Documents

/// A run of text that a page shows as one block, before it is known whether it is content.
struct Block {
  /// What the block is on its page.
  var kind: TextNode.Kind
  /// A heading's level, or a list item's depth.
  var level: Int?
  /// The element that lays the block out.
  var element: Int
  /// The first node of the page whose text is in the block.
  var node: Int
  /// Where the text stands in the page's collapsed text.
  var text: Range<Int>
  /// How many bytes of it are within links.
  var linkBytes = 0
  /// How many links begin in it.
  var links = 0
}

/// An image element of a page, and where it stands among the blocks.
struct ImageSite {
  /// The image element.
  var node: Int
  /// How many blocks end before it.
  var block: Int
  /// How many bytes of the next block's text stand before it: an image may stand in a paragraph.
  var offset: Int
  /// Whether it is part of a line of text, as an emoji is, and no place to part the text.
  var isTiny: Bool
  /// Whether it is only there for readers without scripts.
  var isFallback: Bool
}

/// A page's blocks and images in reading order.
struct Segments {
  /// The collapsed text of all blocks, end to end.
  var text: [UInt8] = []
  var blocks: [Block] = []
  /// Whether the page has more blocks or images than are read.
  var isCut = false
  var images: [ImageSite] = []
  /// Elements within a line whose text is in no block, and why.
  var leftOut: [(node: Int, code: Reason.Code)] = []
}

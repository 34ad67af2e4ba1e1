import HTMLTree

/// How much text, and of what kind, each element holds.
struct Containers {
  /// Bytes of text.
  private(set) var text: [Float]
  /// Bytes of text within links.
  private(set) var links: [Float]
  /// Bytes of text in long blocks that are mostly not links, which mark what a page is about.
  private(set) var prose: [Float]
  /// The number of blocks.
  private(set) var blocks: [Float]
  /// How many siblings of an element share its template, and which of them it is.
  private(set) var siblings: [Int32]
  private(set) var ordinals: [Int32]

  /// The shortest block that counts as prose, in bytes.
  private static let proseLength = 120

  init(_ tree: HTMLTree, _ outline: Outline, _ segments: Segments) {
    let count = max(tree.nodes.count, 1)
    text = [Float](repeating: 0, count: count)
    links = text
    prose = text
    blocks = text
    siblings = [Int32](repeating: 1, count: count)
    ordinals = [Int32](repeating: 0, count: count)
    for block in segments.blocks {
      let length = Float(block.text.count)
      text[block.element] += length
      links[block.element] += Float(block.linkBytes)
      blocks[block.element] += 1
      if block.text.count >= Self.proseLength, block.linkBytes * 3 < block.text.count {
        prose[block.element] += length
      }
    }
    for index in stride(from: tree.nodes.count - 1, to: 0, by: -1) {
      let parent = tree.nodes[index].parent
      guard parent >= 0, blocks[index] > 0 else { continue }
      text[parent] += text[index]
      links[parent] += links[index]
      prose[parent] += prose[index]
      blocks[parent] += blocks[index]
    }
    countTemplates(tree, outline)
  }

  /// Counts the siblings of each template, for the elements that hold text.
  private mutating func countTemplates(_ tree: HTMLTree, _ outline: Outline) {
    struct Key: Hashable {
      let parent: Int32
      let template: UInt64
    }
    var counts: [Key: Int32] = [:]
    for index in tree.nodes.indices where blocks[index] > 0 {
      let key = Key(parent: Int32(tree.nodes[index].parent), template: outline.template[index])
      let ordinal = counts[key, default: 0]
      ordinals[index] = ordinal
      counts[key] = ordinal + 1
    }
    for index in tree.nodes.indices where blocks[index] > 0 {
      let key = Key(parent: Int32(tree.nodes[index].parent), template: outline.template[index])
      siblings[index] = counts[key, default: 1]
    }
  }
}

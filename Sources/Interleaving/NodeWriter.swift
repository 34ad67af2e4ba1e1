import Documents
import HTMLTree

/// Writes the kept blocks and images of a page as a document's nodes.
///
/// A block is parted where an image stands in it, whether or not the image is kept, so that the text is
/// the same with and without images.
struct NodeWriter {
  private let page: Page
  private let images: [ImageSelection.Kept]
  private var paths: ElementPaths
  private var nodes: [Node] = []
  private var nextImage = 0

  /// The nodes in reading order.
  static func nodes(
    _ page: Page, _ content: ContentSelection, _ images: [ImageSelection.Kept]
  ) -> [Node] {
    var writer = NodeWriter(page: page, images: images)
    var site = 0
    let sites = page.segments.images
    for (index, block) in page.segments.blocks.enumerated() {
      var cuts: [Int] = []
      while site < sites.count, sites[site].block <= index {
        let isWithin = sites[site].block == index && 0 < sites[site].offset
        if isWithin, sites[site].offset < block.text.count, !sites[site].isTiny, block.kind != .code
        {
          cuts.append(sites[site].offset)
        }
        site += 1
      }
      writer.joinSigns(block, &cuts)
      writer.write(block, index, cuts: cuts, isKept: content.isKept[index])
    }
    writer.writeImages(before: page.segments.blocks.count, Int.max)
    return writer.nodes
  }

  /// Leaves out the cuts after which there is no word: a full stop after an image ends the text before.
  private func joinSigns(_ block: Block, _ cuts: inout [Int]) {
    var end = block.text.count
    for index in cuts.indices.reversed() {
      let first = block.text.lowerBound
      if page.segments.text[first + cuts[index]..<first + end].contains(where: Self.isOfWord) {
        end = cuts[index]
      } else {
        cuts.remove(at: index)
      }
    }
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 32
      || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private init(page: Page, images: [ImageSelection.Kept]) {
    self.page = page
    self.images = images
    paths = ElementPaths(tree: page.tree)
  }

  private mutating func write(_ block: Block, _ index: Int, cuts: [Int], isKept: Bool) {
    var start = 0
    for end in cuts + [block.text.count] {
      writeImages(before: index, start)
      if isKept, end > start { write(block, start..<end) }
      start = end
    }
    writeImages(before: index, block.text.count)
  }

  private mutating func write(_ block: Block, _ part: Range<Int>) {
    let first = block.text.lowerBound
    var bytes = page.segments.text[first + part.lowerBound..<first + part.upperBound]
    if block.kind != .code {
      bytes = bytes.drop { $0 <= 0x20 }
      while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    }
    guard !bytes.isEmpty else { return }
    nodes.append(
      .text(
        TextNode(
          text: String(decoding: bytes, as: UTF8.self), kind: block.kind, level: block.level,
          path: paths.path(of: block.element))))
  }

  /// Writes the images that stand up to an offset of a block.
  private mutating func writeImages(before block: Int, _ offset: Int) {
    while nextImage < images.count {
      let site = images[nextImage].site
      guard (site.block, site.isTiny ? Int.max : site.offset) <= (block, offset) else { return }
      nodes.append(.image(images[nextImage].reference))
      nextImage += 1
    }
  }
}

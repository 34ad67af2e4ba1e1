import Documents
import HTMLTree

/// What the block model sees of each block of a page: one row of numbers a block.
struct BlockFeatures {
  /// The number of columns.
  let width: Int
  /// The rows, end to end.
  private(set) var values: [Float]

  private let tree: HTMLTree
  private let outline: Outline
  private let blocks: [Block]
  let measures: [TextMeasures]
  let containers: Containers
  private let page: PageMeasures

  init(_ tree: HTMLTree, _ outline: Outline, _ segments: Segments) {
    self.tree = tree
    self.outline = outline
    blocks = segments.blocks
    let words = PageWords(tree)
    measures = blocks.map { TextMeasures(segments.text[$0.text], words) }
    containers = Containers(tree, outline, segments)
    page = PageMeasures(tree, segments, measures)
    width = Self.names.count
    values = []
    values.reserveCapacity(width * blocks.count)
    for index in blocks.indices {
      appendText(index)
      appendPosition(index)
      appendNeighbours(index)
      appendContainers(index)
      appendSurroundings(index)
      page.append(to: &values)
      precondition(values.count == (index + 1) * width, "a row has as many values as names")
    }
  }

  private mutating func appendText(_ index: Int) {
    let block = blocks[index]
    let m = measures[index]
    let words = Float(max(m.words, 1))
    let bytes = Float(max(block.text.count, 1))
    let kinds = TextNode.Kind.allCases
    values.append(Float(kinds.firstIndex(of: block.kind) ?? 0))
    values.append(Float(block.level ?? 0))
    values.append(Float(tree.nodes[block.element].tag.rawValue))
    values.append(log2(Float(m.characters)))
    values.append(Float(min(m.words, 500)))
    values.append(Float(m.characters) / words)
    values.append(Float(block.linkBytes) / bytes)
    values.append(Float(min(block.links, 50)))
    values.append(Float(min(m.sentences, 50)))
    values.append(m.endsSentence ? 1 : 0)
    values.append(Float(m.commas) / words)
    values.append(Float(m.capitalised) / words)
    values.append(Float(m.digits) / bytes)
    values.append(Float(m.stopWords) / words)
    values.append(Float(m.capitals) / Float(max(m.letters, 1)))
    values.append(m.hasCopyright ? 1 : 0)
    values.append(Float(m.boilerplateWords) / words)
    values.append(Float(min(m.boilerplateWords, 20)))
    values.append(m.hasYear ? 1 : 0)
    values.append(m.hasPrice ? 1 : 0)
    values.append(Float(min(page.repeats[index], 20)))
    values.append(m.startsWithCapital ? 1 : 0)
    values.append(m.endsWithColon ? 1 : 0)
    values.append(Float(m.nonASCII) / bytes)
    values.append(Float(min(m.questions, 5)))
    values.append(Float(min(m.bars, 10)))
    let meaningful = Float(max(m.words - m.stopWords, 1))
    values.append(Float(m.titleWords) / meaningful)
    values.append(Float(m.descriptionWords) / meaningful)
    values.append(Float(min(m.descriptionWords, 20)))
  }

  private mutating func appendPosition(_ index: Int) {
    let block = blocks[index]
    let count = Float(max(blocks.count, 1))
    values.append(Float(index) / count)
    values.append(Float(block.text.lowerBound) / page.text)
    values.append(log2(Float(index)))
    values.append(log2(Float(blocks.count - 1 - index)))
    values.append(clamp(index - page.firstHeading, 200))
    values.append(clamp(index - page.firstProse, 200))
    values.append(clamp(page.lastProse - index, 200))
    values.append(Float(outline.depth[block.element]))
    values.append(log2(Float(page.proseBefore[index])))
    values.append(log2(Float(page.prose) - Float(page.proseBefore[index])))
    values.append(clamp(index - page.lastHeadingBefore[index], 50))
    values.append(Float(page.headingLevelBefore[index]))
  }

  private mutating func appendNeighbours(_ index: Int) {
    for offset in [-3, -2, -1, 1, 2, 3] {
      let other = index + offset
      guard blocks.indices.contains(other) else {
        values.append(contentsOf: [-1, -1, -1, -1])
        continue
      }
      values.append(log2(Float(measures[other].characters)))
      values.append(linkDensity(other))
      values.append(Float(min(measures[other].sentences, 20)))
      values.append(
        outline.template[blocks[other].element] == outline.template[blocks[index].element] ? 1 : 0)
    }
    for reach in [4, 10] {
      let window = max(0, index - reach)..<min(blocks.count, index + reach + 1)
      let bytes = page.bytesBefore[window.upperBound] - page.bytesBefore[window.lowerBound]
      let links = page.linkBytesBefore[window.upperBound] - page.linkBytesBefore[window.lowerBound]
      let sentences =
        page.sentencesBefore[window.upperBound] - page.sentencesBefore[window.lowerBound]
      values.append(Float(bytes) / Float(window.count))
      values.append(Float(links) / Float(max(bytes, 1)))
      values.append(Float(sentences) / Float(window.count))
    }
  }

  private mutating func appendContainers(_ index: Int) {
    var at = blocks[index].element
    var mostSiblings: Int32 = 1
    var proseDepth = 0
    for level in 0..<5 {
      values.append(log2(containers.text[at]))
      values.append(containers.links[at] / max(containers.text[at], 1))
      values.append(containers.text[at] / page.text)
      values.append(containers.prose[at] / max(page.prose, 1))
      values.append(containers.text[at] / max(containers.blocks[at], 1))
      values.append(log2(Float(containers.siblings[at])))
      mostSiblings = max(mostSiblings, containers.siblings[at])
      if level == 0 { values.append(Float(min(containers.ordinals[at], 50))) }
      let parent = tree.nodes[at].parent
      if parent >= 0, tree.nodes[parent].tag != .html { at = parent }
    }
    at = blocks[index].element
    var core: Float = -1
    while at >= 0 {
      if containers.prose[at] >= 0.5 * page.prose, core < 0 { core = Float(proseDepth) }
      proseDepth += 1
      at = tree.nodes[at].parent
    }
    values.append(log2(Float(mostSiblings)))
    values.append(core)
  }

  private mutating func appendSurroundings(_ index: Int) {
    let element = blocks[index].element
    let all = outline.surroundings[element].rawValue
    let parent = tree.nodes[element].parent
    var near = outline.own[element].rawValue
    if parent >= 0 { near |= outline.own[parent].rawValue }
    // What the link or span that begins the text says of it.
    let inner = outline.own[max(tree.nodes[blocks[index].node].parent, 0)].rawValue
    for bit in 0..<Surroundings.count {
      let mask: UInt64 = 1 << UInt64(bit)
      values.append(
        (all & mask != 0 ? 1 : 0) + (near & mask != 0 ? 1 : 0) + (inner & mask != 0 ? 1 : 0))
    }
  }

  private func linkDensity(_ index: Int) -> Float {
    Float(blocks[index].linkBytes) / Float(max(blocks[index].text.count, 1))
  }

  private func clamp(_ value: Int, _ bound: Int) -> Float { Float(min(max(value, -bound), bound)) }
}

/// The binary logarithm of a number plus one, without its fraction's last bits: whole powers of two
/// are exact and what lies between is linear, on every machine alike.
func log2(_ value: Float) -> Float {
  let shifted = max(value, 0) + 1
  return Float(shifted.exponent) + (shifted.significand - 1)
}

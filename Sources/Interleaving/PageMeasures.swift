import Documents
import HTMLTree

/// What the features of all blocks of a page have in common.
struct PageMeasures {
  /// Bytes of text, at least 1.
  let text: Float
  /// Bytes of prose.
  private(set) var prose: Float = 0
  private(set) var firstProse = 0
  private(set) var lastProse = 0
  private(set) var firstHeading = 0
  private(set) var proseBefore: [Int] = []
  private(set) var lastHeadingBefore: [Int] = []
  private(set) var headingLevelBefore: [Int] = []
  /// How many blocks of the page have the same words, by block.
  private(set) var repeats: [Int] = []
  private(set) var bytesBefore: [Int] = [0]
  private(set) var linkBytesBefore: [Int] = [0]
  private(set) var sentencesBefore: [Int] = [0]
  private var facts: [Float] = []

  private static let proseLength = 120

  init(_ tree: HTMLTree, _ segments: Segments, _ measures: [TextMeasures]) {
    text = Float(max(segments.text.count, 1))
    sum(segments.blocks, measures)
    findHeadings(segments.blocks)
    countRepeats(measures)
    describe(tree, segments, measures)
  }

  /// Appends the facts of the page to a row of features.
  func append(to values: inout [Float]) { values += facts }

  private mutating func sum(_ blocks: [Block], _ measures: [TextMeasures]) {
    var before = 0
    var hasProse = false
    lastProse = max(blocks.count - 1, 0)
    for (index, block) in blocks.enumerated() {
      proseBefore.append(before)
      bytesBefore.append((bytesBefore.last ?? 0) + block.text.count)
      linkBytesBefore.append((linkBytesBefore.last ?? 0) + block.linkBytes)
      sentencesBefore.append((sentencesBefore.last ?? 0) + measures[index].sentences)
      if Self.isProse(block) {
        if !hasProse { firstProse = index }
        hasProse = true
        lastProse = index
        before += block.text.count
      }
    }
    prose = Float(before)
  }

  private static func isProse(_ block: Block) -> Bool {
    block.text.count >= proseLength && block.linkBytes * 3 < block.text.count
  }

  private mutating func findHeadings(_ blocks: [Block]) {
    firstHeading =
      blocks.firstIndex { $0.kind == .heading && $0.level == 1 }
      ?? blocks.firstIndex { $0.kind == .heading } ?? 0
    var last = -50
    var level = 0
    for (index, block) in blocks.enumerated() {
      lastHeadingBefore.append(last)
      headingLevelBefore.append(level)
      if block.kind == .heading {
        last = index
        level = block.level ?? 0
      }
    }
  }

  private mutating func countRepeats(_ measures: [TextMeasures]) {
    var counts: [UInt64: Int] = [:]
    for measure in measures { counts[measure.hash, default: 0] += 1 }
    repeats = measures.map { counts[$0.hash, default: 1] }
  }

  private mutating func describe(
    _ tree: HTMLTree, _ segments: Segments, _ measures: [TextMeasures]
  ) {
    let blocks = segments.blocks
    let count = Float(max(blocks.count, 1))
    var tags = [Float](repeating: 0, count: Tag.allCases.count)
    for node in tree.nodes { tags[Int(node.tag.rawValue)] += 1 }
    func tally(_ tag: Tag) -> Float { log2(tags[Int(tag.rawValue)]) }
    func share(_ condition: (Int) -> Bool) -> Float {
      Float(blocks.indices.filter(condition).count) / count
    }
    facts =
      [
        log2(text), log2(count), log2(prose), prose / text,
        Float(linkBytesBefore.last ?? 0) / text,
        text / count,
        tally(.article), tally(.main), tally(.p), tally(.li), tally(.table), tally(.pre),
        tally(.img),
        tally(.form), tally(.h1), tally(.h2), tally(.h3), tally(.section), tally(.time),
        tally(.button),
        share { measures[$0].hasPrice },
        share { blocks[$0].linkBytes * 2 > blocks[$0].text.count },
        share { measures[$0].endsSentence },
        share { blocks[$0].text.count < 30 },
        share { blocks[$0].kind == .heading },
        share { measures[$0].hasYear },
        log2(Float(lastProse - firstProse)),
      ] + PageKind(tree).claims
  }

  /// The names of the facts, in order.
  static let names: [String] =
    [
      "pageText", "pageBlocks", "pageProse", "pageProseShare", "pageLinkDensity", "pageBlockLength",
      "pageArticles", "pageMains", "pageParagraphs", "pageItems", "pageTables", "pagePre",
      "pageImages",
      "pageForms", "pageH1", "pageH2", "pageH3", "pageSections", "pageTimes", "pageButtons",
      "pagePrices", "pageLinkBlocks", "pageSentences", "pageShort", "pageHeadings", "pageYears",
      "pageSpan",
    ] + PageKind.Claim.allCases.map { "is\($0)" }
}

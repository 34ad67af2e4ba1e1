internal import Documents
internal import Provenance

/// The way of the data from archives to corpora, drawn as ribbons.
package struct FlowDrawing {
  /// A block of the drawing.
  private struct Block {
    var name: String
    var count: Int
    var style: String
    var x: Double
    var y: Double
    var height: Double

    /// The part of the block's edge between two fractions of its height.
    func edge(_ from: Double, _ to: Double) -> ClosedRange<Double> {
      y + height * from...y + height * to
    }
  }

  private static let width = 1000.0
  private static let height = 400.0
  private static let thickness = 14.0
  private static let tallest = 250.0

  private let counts: [StageName: StageCounts]
  private let corpora: [Corpus: CorpusCounts]
  private let scale: Double

  package init(_ statistics: Statistics) {
    counts = Dictionary(
      statistics.funnel.map { ($0.stage, $0.counts) }, uniquingKeysWith: { first, _ in first })
    corpora = Dictionary(
      statistics.corpora.map { ($0.corpus, $0) }, uniquingKeysWith: { first, _ in first })
    let records = counts[.read]?[.record].entered ?? 0
    scale = Self.tallest / Double(max(records, 1)).squareRoot()
  }

  /// The drawing.
  package var html: HTML {
    let records = counts[.read]?[.record] ?? Tally()
    let pages = counts[.extract]?[.page] ?? Tally()
    let images = counts[.images]?[.imageResponse] ?? Tally()
    let other = max(0, records.entered - pages.entered - images.entered)
    let archive = column(x: 20, [("records", records.entered, "ink")])
    let read = column(
      x: 260,
      [
        ("pages", pages.entered, "text"), ("image responses", images.entered, "pairs"),
        ("other records", other, "other"),
      ])
    let made = column(
      x: 520, [("documents", pages.kept, "text"), ("images decoded", images.kept, "pairs")])
    let corpora = column(
      x: 800,
      [.text, .interleaved, .pairs].map { corpus in
        (corpus.rawValue, self.corpora[corpus]?.documents ?? 0, corpus.rawValue)
      })
    var drawing = SVG(
      width: Self.width, height: Self.height, title: "The way of the data",
      text: (archive + read + made + corpora)
        .map { "\(NumberText.grouped($0.count)) \($0.name)" }.joined(separator: ", "))
    spread(archive[0], over: read, &drawing)
    for (from, to) in zip(read, made) { join(from, to, &drawing) }
    weave(made, corpora, &drawing)
    for block in archive + read + made + corpora { draw(block, &drawing) }
    return drawing.html
  }

  /// The blocks of a column, centred; heights grow with the square root of counts, so that small
  /// ones can be seen beside large ones.
  private func column(
    x: Double, _ blocks: [(name: String, count: Int, style: String)]
  ) -> [Block] {
    let gap = 34.0
    let heights = blocks.map { max($0.count > 0 ? 3 : 1, Double($0.count).squareRoot() * scale) }
    let total = heights.reduce(0, +) + gap * Double(blocks.count - 1)
    // A column of several blocks can be taller than the drawing: square roots do not add up.
    let fit = min(1, (Self.height - 50 - gap * Double(blocks.count - 1)) / heights.reduce(0, +))
    var y = max(20, (Self.height - total * min(1, fit)) / 2)
    return zip(blocks, heights).map { block, height in
      defer { y += height * fit + gap }
      return Block(
        name: block.name, count: block.count, style: block.style, x: x, y: y,
        height: height * fit)
    }
  }

  /// Ribbons from one block to all of a column, each as wide as its share of the whole.
  private func spread(_ from: Block, over blocks: [Block], _ drawing: inout SVG) {
    let total = blocks.reduce(0) { $0 + $1.height }
    var start = 0.0
    for block in blocks where total > 0 && block.count > 0 {
      let share = block.height / total
      ribbon(from, start, start + share, block, 0, 1, block.style, &drawing)
      start += share
    }
  }

  private func join(_ from: Block, _ to: Block, _ drawing: inout SVG) {
    if from.count > 0 && to.count > 0 { ribbon(from, 0, 1, to, 0, 1, to.style, &drawing) }
  }

  /// Documents and images go together into the corpora: text takes documents, interleaved takes
  /// both, pairs takes images.
  private func weave(_ made: [Block], _ corpora: [Block], _ drawing: inout SVG) {
    let (documents, images) = (made[0], made[1])
    let (text, interleaved, pairs) = (corpora[0], corpora[1], corpora[2])
    func split(_ first: Block, _ second: Block) -> Double {
      first.height / max(first.height + second.height, 1)
    }
    let upper = split(text, interleaved)
    let lower = split(interleaved, pairs)
    if documents.count > 0 && text.count > 0 {
      ribbon(documents, 0, upper, text, 0, 1, "text", &drawing)
    }
    if documents.count > 0 && interleaved.count > 0 {
      ribbon(documents, upper, 1, interleaved, 0, 0.5, "interleaved", &drawing)
    }
    if images.count > 0 && interleaved.count > 0 {
      ribbon(images, 0, lower, interleaved, 0.5, 1, "interleaved", &drawing)
    }
    if images.count > 0 && pairs.count > 0 {
      ribbon(images, lower, 1, pairs, 0, 1, "pairs", &drawing)
    }
  }

  private func ribbon(
    _ from: Block, _ start: Double, _ end: Double, _ to: Block, _ first: Double, _ last: Double,
    _ style: String, _ drawing: inout SVG
  ) {
    drawing.ribbon(
      from: (from.x + Self.thickness, from.edge(start, end)), to: (to.x, to.edge(first, last)),
      class: "ribbon \(style)", title: "\(from.name) to \(to.name)")
  }

  private func draw(_ block: Block, _ drawing: inout SVG) {
    let count = NumberText.grouped(block.count)
    drawing.rectangle(
      x: block.x, y: block.y, width: Self.thickness, height: block.height, radius: 3,
      class: "block \(block.style)", title: "\(count) \(block.name)")
    let x = block.x + Self.thickness + 8
    let middle = block.y + block.height / 2
    drawing.label(count, x: x, y: middle - 2, class: "number")
    drawing.label(block.name, x: x, y: middle + 14, class: "name")
    guard let corpus = Corpus(rawValue: block.name), let counts = corpora[corpus] else { return }
    let tokens = counts.train.tokens + counts.validation.tokens
    drawing.label(
      NumberText.short(tokens) + " tokens", x: x, y: middle + 30, class: "name")
  }
}

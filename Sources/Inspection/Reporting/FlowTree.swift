internal import Documents
internal import Provenance

/// A quantity of a run, and what becomes of it at the next stage.
struct FlowNode {
  /// How a quantity is drawn.
  enum Style: String {
    case ink, text, interleaved, pairs, other
  }

  /// What it is.
  var name: String
  /// How many there are.
  var count: Int
  var style: Style
  /// Whether it goes no further for a reason, which is then its name.
  var isDropped = false
  /// A few words more.
  var note: String?
  /// What becomes of it; each group tells of the whole, as two corpora judge the same documents.
  var groups: [[FlowNode]] = []

  /// The most reasons that are named of one drop.
  private static let reasonLimit = 4

  /// What a stage dropped, by reason, those beyond the first few together.
  static func dropped(_ tally: Tally) -> [FlowNode] {
    let reasons = tally.reasons
    func node(_ name: String, _ count: Int) -> FlowNode {
      FlowNode(name: name, count: count, style: .other, isDropped: true)
    }
    if reasons.count <= reasonLimit + 1 { return reasons.map { node($0.code, $0.count) } }
    let rest = reasons.dropFirst(reasonLimit)
    return reasons.prefix(reasonLimit).map { node($0.code, $0.count) }
      + [node("\(rest.count) other reasons", rest.reduce(0) { $0 + $1.count })]
  }

  /// The way from records to documents and corpora; `nil` where no archive was read.
  static func records(_ statistics: Statistics) -> FlowNode? {
    let counts = Dictionary(
      statistics.funnel.map { ($0.stage, $0.counts) }, uniquingKeysWith: { first, _ in first })
    guard let records = counts[.read]?[.record], records.entered > 0 else { return nil }
    let pages = counts[.extract]?[.page] ?? Tally()
    let images = counts[.images]?[.imageResponse] ?? Tally()
    var children: [FlowNode] = []
    if pages.entered > 0 {
      children.append(
        FlowNode(
          name: "pages", count: pages.entered, style: .text,
          groups: [[documents(pages, counts, statistics)] + dropped(pages)]))
    }
    if images.entered > 0 {
      let decoded = FlowNode(name: "images decoded", count: images.kept, style: .pairs)
      children.append(
        FlowNode(
          name: "image responses", count: images.entered, style: .pairs,
          groups: [[decoded] + dropped(images)]))
    }
    let redirects = records.kept - pages.entered - images.entered
    if redirects > 0 && !children.isEmpty {
      children.append(FlowNode(name: "redirects", count: redirects, style: .ink))
    }
    return FlowNode(
      name: "records", count: records.entered, style: .ink,
      groups: [children + dropped(records)])
  }

  private static func documents(
    _ pages: Tally, _ counts: [StageName: StageCounts], _ statistics: Statistics
  ) -> FlowNode {
    let corpora: [(unit: StageCounts.Unit, corpus: Corpus, style: Style)] = [
      (.text, .text, .text), (.interleaved, .interleaved, .interleaved),
    ]
    let groups = corpora.compactMap { unit, corpus, style -> [FlowNode]? in
      guard let tally = counts[.curate]?[unit], tally.entered > 0 else { return nil }
      let held = statistics.corpora.first { $0.corpus == corpus }
      let tokens = (held?.train.tokens ?? 0) + (held?.validation.tokens ?? 0)
      let node = FlowNode(
        name: corpus.rawValue, count: tally.kept, style: style,
        note: tokens > 0 ? NumberText.short(tokens) + " tokens" : nil)
      return [node] + dropped(tally)
    }
    var documents = FlowNode(name: "documents", count: pages.kept, style: .text, groups: groups)
    if let once = counts[.deduplicate]?[.page], once.entered > 0 {
      let kept = FlowNode(name: "kept once", count: once.kept, style: .text, groups: groups)
      documents.groups = [[kept] + dropped(once)]
    }
    return documents
  }

  /// The way of the images that pages show into documents and pairs; `nil` where none was looked at.
  static func images(_ statistics: Statistics) -> FlowNode? {
    let counts = Dictionary(
      statistics.funnel.map { ($0.stage, $0.counts) }, uniquingKeysWith: { first, _ in first })
    guard let shown = counts[.extract]?[.image], shown.entered > 0 else { return nil }
    var content = FlowNode(name: "in the content", count: shown.kept, style: .pairs)
    if let judged = counts[.curate]?[.image], judged.entered > 0 {
      var judgedNode = FlowNode(
        name: "in documents kept once", count: judged.entered, style: .pairs)
      judgedNode.groups.append(
        [FlowNode(name: "images in place", count: judged.kept, style: .interleaved)]
          + dropped(judged))
      if let pairs = counts[.curate]?[.pair], pairs.entered > 0, pairs.entered <= judged.entered {
        let kept = FlowNode(name: "pairs", count: pairs.kept, style: .pairs)
        judgedNode.groups.append([
          FlowNode(
            name: "candidates for pairs", count: pairs.entered, style: .pairs,
            groups: [[kept] + dropped(pairs)])
        ])
      }
      content.groups = [[judgedNode]]
      if shown.kept > judged.entered {
        content.groups[0].append(
          FlowNode(
            name: "in duplicates", count: shown.kept - judged.entered, style: .other,
            isDropped: true))
      }
    }
    return FlowNode(
      name: "images on pages", count: shown.entered, style: .ink,
      groups: [[content] + dropped(shown)])
  }
}

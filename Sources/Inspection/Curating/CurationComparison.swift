public import Curation
public import Documents

/// What two sets of rules disagree on.
public struct CurationComparison: Hashable, Sendable, Codable {
  /// How two sets of rules decide on one kind of thing.
  public struct Unit: Hashable, Sendable, Codable {
    /// How many both keep.
    public var both = 0
    /// How many neither keeps.
    public var neither = 0
    /// How many the first keeps alone, by the reason of the second.
    public var onlyFirst: [String: Int] = [:]
    /// How many the second keeps alone, by the reason of the first.
    public var onlySecond: [String: Int] = [:]
  }

  /// A thing that one keeps and the other drops.
  public struct Example: Hashable, Sendable, Codable {
    /// What kind of thing it is.
    public var unit: StageCounts.Unit
    /// Which set of rules keeps it.
    public var keptBy: String
    /// Why the other drops it.
    public var reason: Reason
    /// The document.
    public var document: DocumentID
    /// The page, or the image.
    public var url: String
    /// The beginning of its text, or the caption.
    public var text: String
  }

  /// The names of the sets of rules.
  public var names: [String]
  /// The decisions by the name of their unit.
  public private(set) var units: [String: Unit] = [:]
  /// The first things of each unit and reason that the two disagree on.
  public private(set) var examples: [Example] = []
  private var examplesPerReason: Int

  /// The units in the order they are told in.
  static let order: [StageCounts.Unit] = [.interleaved, .text, .pair, .image, .node]

  /// Makes an empty comparison of two named sets of rules.
  public init(first: String, second: String, examplesPerReason: Int = 3) {
    names = [first, second]
    self.examplesPerReason = examplesPerReason
  }

  /// Adds what the two make of a document.
  public mutating func add(
    _ document: InterleavedDocument, _ first: CuratedPage, _ second: CuratedPage
  ) {
    let text = document.texts.first?.text ?? ""
    func add(
      _ unit: StageCounts.Unit, _ one: Reason?, _ other: Reason?, _ url: String, _ text: String
    ) {
      count(
        Example(
          unit: unit, keptBy: "", reason: Reason(.noImages), document: document.id, url: url,
          text: text),
        one, other)
    }
    add(.interleaved, first.interleaved.reason, second.interleaved.reason, document.url, text)
    add(.text, first.text.reason, second.text.reason, document.url, text)
    let images = [first, second].map { Self.byOrdinal($0.droppedImages) }
    let pairs = [first, second].map(Self.pairReasons)
    for (ordinal, image) in document.images.enumerated() {
      let words = image.caption ?? image.alt ?? ""
      add(.image, images[0][ordinal], images[1][ordinal], image.url, words)
      add(
        .pair, pairs[0](ordinal, images[0]), pairs[1](ordinal, images[1]), image.url, words)
    }
    let nodes = [first, second].map { Self.byOrdinal($0.droppedNodes) }
    for (ordinal, node) in document.nodes.enumerated() {
      guard case .text(let block) = node else { continue }
      add(.node, nodes[0][ordinal], nodes[1][ordinal], document.url, block.text)
    }
  }

  /// Adds a comparison of other documents by the same rules.
  public mutating func add(_ other: CurationComparison) {
    for (name, unit) in other.units {
      var sum = units[name] ?? Unit()
      sum.both += unit.both
      sum.neither += unit.neither
      sum.onlyFirst.merge(unit.onlyFirst, uniquingKeysWith: +)
      sum.onlySecond.merge(unit.onlySecond, uniquingKeysWith: +)
      units[name] = sum
    }
    for example in other.examples { append(example) }
  }

  private mutating func count(_ thing: Example, _ first: Reason?, _ second: Reason?) {
    var unit = units[thing.unit.rawValue] ?? Unit()
    switch (first, second) {
    case (nil, nil): unit.both += 1
    case (.some, .some): unit.neither += 1
    case (nil, .some(let reason)):
      unit.onlyFirst[reason.code.rawValue, default: 0] += 1
      append(thing.kept(by: names[0], reason: reason))
    case (.some(let reason), nil):
      unit.onlySecond[reason.code.rawValue, default: 0] += 1
      append(thing.kept(by: names[1], reason: reason))
    }
    units[thing.unit.rawValue] = unit
  }

  private mutating func append(_ example: Example) {
    let like = examples.count {
      $0.unit == example.unit && $0.keptBy == example.keptBy
        && $0.reason.code == example.reason.code
    }
    if like < examplesPerReason { examples.append(example) }
  }

  private static func byOrdinal(_ items: [DroppedItem]) -> [Int: Reason] {
    Dictionary(items.map { ($0.ordinal, $0.reason) }, uniquingKeysWith: { first, _ in first })
  }

  /// Why an image gives no pair: for the rule of pairs, or for that of images where it drops the image.
  private static func pairReasons(_ page: CuratedPage) -> (Int, [Int: Reason]) -> Reason? {
    let decisions = Dictionary(
      page.pairs.map { ($0.ordinal, $0.decision.reason) }, uniquingKeysWith: { first, _ in first })
    return { ordinal, images in
      if let decision = decisions[ordinal] { return decision }
      return images[ordinal]
    }
  }
}

extension CurationComparison.Example {
  fileprivate func kept(by name: String, reason: Reason) -> Self {
    var example = self
    example.keptBy = name
    example.reason = reason
    example.text = String(text.prefix(300))
    return example
  }
}

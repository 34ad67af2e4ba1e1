/// How many things entered a stage, went on, and were dropped, by reason.
public struct Tally: Hashable, Sendable, Codable {
  /// How many entered.
  public private(set) var entered = 0
  /// How many went on.
  public private(set) var kept = 0
  /// How many were dropped, by reason.
  public private(set) var dropped: [String: Int] = [:]

  /// Makes an empty tally.
  public init() {}

  /// Makes a tally of what was counted elsewhere.
  public init(entered: Int, kept: Int, dropped: [String: Int]) {
    self.entered = entered
    self.kept = kept
    self.dropped = dropped
  }

  /// Counts things that go on.
  public mutating func keep(_ count: Int = 1) {
    entered += count
    kept += count
  }

  /// Counts things that go no further.
  public mutating func drop(_ code: Reason.Code, _ count: Int = 1) {
    guard count > 0 else { return }
    entered += count
    dropped[code.rawValue, default: 0] += count
  }

  /// Adds another tally to this one.
  public mutating func add(_ other: Tally) {
    entered += other.entered
    kept += other.kept
    dropped.merge(other.dropped, uniquingKeysWith: +)
  }

  /// Whether everything that entered went on or was dropped with a reason.
  public var isBalanced: Bool { entered == kept + dropped.values.reduce(0, +) }
}

/// The tallies of a stage, one for each kind of thing it counts.
public struct StageCounts: Hashable, Sendable, Codable {
  /// A kind of thing that is counted.
  public enum Unit: String, Hashable, Sendable, Codable, CaseIterable {
    /// WARC records, damaged stretches of an archive included.
    case record
    /// HTML pages.
    case page
    /// Text blocks of pages.
    case node
    /// Lines of text blocks, where rules take single lines out.
    case line
    /// E-mail and IP addresses in texts, where they are masked; those that are masked are counted as
    /// dropped.
    case personalData
    /// Images as pages refer to them.
    case image
    /// Images that documents show and the archives lack, by their URLs.
    case imageURL
    /// Image responses of the archives.
    case imageResponse
    /// Documents considered for the interleaved corpus.
    case interleaved
    /// Image-caption pairs considered for the pairs corpus.
    case pair
    /// Documents considered for the text corpus.
    case text
    /// Examples of instruction tuning, one a line of their files.
    case instruction
    /// Distinct images by digest.
    case distinctImage
    /// Tokens.
    case token
    /// Packed sequences.
    case sequence
  }

  /// The tallies by the name of their unit.
  public private(set) var tallies: [String: Tally] = [:]

  /// Makes empty counts.
  public init() {}

  /// The tally of one unit.
  public subscript(unit: Unit) -> Tally {
    get { tallies[unit.rawValue] ?? Tally() }
    set { tallies[unit.rawValue] = newValue }
  }

  /// Adds the counts of another partition to these.
  public mutating func add(_ other: StageCounts) {
    for (unit, tally) in other.tallies { tallies[unit, default: Tally()].add(tally) }
  }

  /// Whether each tally is balanced.
  public var isBalanced: Bool { tallies.values.allSatisfy(\.isBalanced) }

  /// The first unit, by name, whose tally is not balanced.
  public var firstUnbalanced: String? {
    tallies.filter { !$0.value.isBalanced }.keys.min()
  }
}

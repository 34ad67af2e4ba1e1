internal import Documents

/// A bounded sample of the distinct lines of a corpus, the same in whatever order they come.
///
/// Each line has a hash under the seed; the sample is the lines of lowest hash that fit in the limit.
/// A line that stands on many pages, as menus and footers do, counts once.
public struct LineSample: Sendable {
  /// The longest line in bytes; longer ones are cut into several.
  public static let lineLimit = 4096

  /// The seed of the hashes.
  public let seed: UInt64
  /// The most bytes the sample keeps.
  public let byteLimit: Int

  private var lines: [UInt64: String] = [:]
  private var byteCount = 0
  /// Lines of this hash or a higher one are known not to fit.
  public private(set) var ceiling = UInt64.max

  /// Begins a sample.
  public init(seed: UInt64, byteLimit: Int = 64 << 20) {
    precondition(byteLimit > 0, "a sample keeps at least a byte")
    self.seed = seed
    self.byteLimit = byteLimit
  }

  /// Offers the lines of a text.
  public mutating func add(_ text: String) { Self.forEachLine(of: text) { insert($0) } }

  /// Calls a function with the lines of a text, of which none is longer than ``lineLimit``.
  public static func forEachLine(of text: String, _ body: (String) throws -> Void) rethrows {
    for line in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      var rest = Substring(line)
      while !rest.isEmpty {
        let piece = prefix(of: rest)
        try body(String(piece))
        rest = rest[piece.endIndex...]
      }
    }
  }

  /// Offers the lines of another sample, taken under the same seed and limit.
  public mutating func add(_ other: LineSample) {
    precondition(
      other.seed == seed && other.byteLimit == byteLimit, "samples of one kind are added")
    lower(ceiling: other.ceiling)
    for line in other.lines.values { insert(line) }
  }

  /// Leaves out lines of a hash or a higher one: the ``ceiling`` of a sample whose lines are added.
  public mutating func lower(ceiling other: UInt64) {
    guard other < ceiling else { return }
    ceiling = other
    for (hash, line) in lines where hash >= other {
      lines[hash] = nil
      byteCount -= line.utf8.count
    }
  }

  /// The sampled lines, by their hash.
  ///
  /// They and ``ceiling`` make the sample of everything out of samples of parts of it.
  public mutating func finish() -> [String] {
    prune()
    return lines.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The longest beginning of a text that is no longer than a line may be.
  private static func prefix(of text: Substring) -> Substring {
    guard text.utf8.count > lineLimit else { return text }
    let limit = text.utf8.index(text.startIndex, offsetBy: lineLimit)
    return Substring(text.unicodeScalars[..<text.unicodeScalars.index(before: limit)])
  }

  private mutating func insert(_ line: String) {
    let hash = SeededHash.value(seed: seed, salt: "tokenizer-line", id: Array(line.utf8))
    guard hash < ceiling, lines.updateValue(line, forKey: hash) == nil else { return }
    byteCount += line.utf8.count
    // Sorting is rare: each time, half of the lines held leave.
    if byteCount > 2 * byteLimit { prune() }
  }

  private mutating func prune() {
    guard byteCount > byteLimit else { return }
    byteCount = 0
    var kept: [UInt64: String] = [:]
    for (hash, line) in lines.sorted(by: { $0.key < $1.key }) {
      guard byteCount + line.utf8.count <= byteLimit else {
        ceiling = hash
        break
      }
      byteCount += line.utf8.count
      kept[hash] = line
    }
    lines = kept
  }
}

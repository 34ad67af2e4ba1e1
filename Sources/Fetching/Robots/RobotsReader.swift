/// Reads the lines of a robots.txt file and gathers the groups that hold for one crawler.
struct RobotsReader {
  /// What the groups of one agent say, taken together.
  struct Group {
    var rules: [RobotsRule] = []
    var crawlDelay: Double?
    var wasSeen = false
  }

  private let product: [UInt8]
  private var own = Group()
  private var everybody = Group()
  /// Whom the group at hand is for, and whether its list of agents has ended.
  private var isForOwn = false
  private var isForEverybody = false
  private var hasRules = false

  init(product: [UInt8]) { self.product = product }

  /// The groups that name the crawler, or else those for everybody (RFC 9309, section 2.2.1).
  var chosen: Group { own.wasSeen ? own : everybody }

  mutating func read(_ bytes: some Collection<UInt8>) {
    var bytes = Array(bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    for line in bytes.split(whereSeparator: { $0 == 10 || $0 == 13 }) { read(line: line) }
  }

  private mutating func read(line: ArraySlice<UInt8>) {
    let content = line.prefix { $0 != UInt8(ascii: "#") }
    guard let colon = content.firstIndex(of: UInt8(ascii: ":")) else { return }
    let key = String(decoding: Self.trimmed(content[..<colon]), as: UTF8.self).lowercased()
    let value = Self.trimmed(content[(colon + 1)...])
    switch key {
    case "user-agent": addAgent(value)
    case "allow": addRule(value, allows: true)
    case "disallow": addRule(value, allows: false)
    case "crawl-delay": setDelay(value)
    default: break
    }
  }

  private mutating func addAgent(_ value: ArraySlice<UInt8>) {
    if hasRules { (isForOwn, isForEverybody, hasRules) = (false, false, false) }
    if value.first == UInt8(ascii: "*"), value.count == 1 || Self.isSpace(value.dropFirst().first) {
      isForEverybody = true
      everybody.wasSeen = true
    }
    // What follows the token, such as a version, does not count.
    let token = value.prefix(while: Self.isTokenByte).map { $0 | 0x20 }
    if token == product.map({ $0 | 0x20 }) {
      isForOwn = true
      own.wasSeen = true
    }
  }

  private mutating func addRule(_ value: ArraySlice<UInt8>, allows: Bool) {
    hasRules = true
    guard !value.isEmpty else { return }
    let rule = RobotsRule(pattern: Array(value), allows: allows)
    if isForOwn { own.rules.append(rule) }
    if isForEverybody { everybody.rules.append(rule) }
  }

  private mutating func setDelay(_ value: ArraySlice<UInt8>) {
    guard let seconds = Double(String(decoding: value, as: UTF8.self)), seconds >= 0,
      seconds.isFinite
    else { return }
    if isForOwn { own.crawlDelay = max(own.crawlDelay ?? 0, seconds) }
    if isForEverybody { everybody.crawlDelay = max(everybody.crawlDelay ?? 0, seconds) }
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_")
  }

  private static func isSpace(_ byte: UInt8?) -> Bool { byte == 32 || byte == 9 }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let start = bytes.drop(while: isSpace)
    guard let last = start.lastIndex(where: { !isSpace($0) }) else { return start.prefix(0) }
    return start[...last]
  }
}

/// The rules a site has for crawlers, by RFC 9309 <https://www.rfc-editor.org/rfc/rfc9309>.
public struct RobotsFile: Hashable, Sendable {
  /// The rules of the groups that hold for the crawler, the longest first; of two of one length the
  /// one that allows, which wins (RFC 9309, section 2.2.2).
  private var rules: [RobotsRule] = []
  /// The seconds between two requests that the site asks for in the field's customary extension.
  public private(set) var crawlDelay: Double?

  /// The most bytes that are read of a file, the least that RFC 9309, section 2.5, allows.
  public static let maximumBytes = 500 << 10
  /// The most rules with wildcards that are matched; a file with more disallows everything, for
  /// matching them could take longer than fetching.
  public static let maximumWildcardRules = 2_000

  /// Rules that allow everything.
  public static let allowingAll = RobotsFile()
  /// Rules that allow nothing.
  public static let disallowingAll = RobotsFile(
    rules: [RobotsRule(pattern: Array("/".utf8), allows: false)])

  private init(rules: [RobotsRule] = []) { self.rules = rules }

  /// Reads a file for a crawler of a product token, such as `weft`; any bytes are a file.
  public init(_ bytes: some Collection<UInt8>, for product: String) {
    var reader = RobotsReader(product: Array(product.lowercased().utf8))
    reader.read(bytes.prefix(Self.maximumBytes))
    let group = reader.chosen
    crawlDelay = group.crawlDelay
    guard group.rules.count(where: \.hasWildcard) <= Self.maximumWildcardRules else {
      self = .disallowingAll
      return
    }
    rules = group.rules.sorted {
      $0.length != $1.length ? $0.length > $1.length : $0.allows && !$1.allows
    }
  }

  /// Whether a path with its query may be fetched.
  public func allows(path: String) -> Bool {
    let octets = RobotsRule.normalized(path.utf8, isPattern: false)
    if octets == Self.ownPath { return true }
    return rules.first { $0.matches(octets) }?.allows ?? true
  }

  private static let ownPath = Array("/robots.txt".utf8)
}

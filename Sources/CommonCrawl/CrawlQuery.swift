/// Archives or records of Common Crawl, by name: `commoncrawl:CC-MAIN-2026-30?KEY=VALUE&…`.
///
/// Without a condition on records, `files=N` or `files=FIRST-LAST` (counted from 0) are whole archives in the
/// order of the crawl's own listing. With `domain`, `language` or `mime`, records are chosen by the crawl's index:
/// at most `limit` of them, spread over the index by `seed` where no domain is named.
public struct CrawlQuery: Hashable, Sendable, CustomStringConvertible {
  /// The scheme of such names.
  public static let scheme = "commoncrawl:"
  /// How many records are chosen where no limit is named.
  public static let usualLimit = 1000
  /// The most records that are chosen.
  public static let maximumLimit = 1_000_000

  /// The name of the crawl, such as `CC-MAIN-2026-30`.
  public var crawl: String
  /// The registered domain or host whose pages are chosen, those of its subdomains included.
  public var domain: String?
  /// The main language of a page, by its three letters.
  public var language: String?
  /// The media type that the crawl detected, or that the server named.
  public var mime: String?
  /// The most records.
  public var limit = CrawlQuery.usualLimit
  /// The whole archives that are read, by their places in the listing.
  public var files: Range<Int>?
  /// Draws the places of the index that are looked at where no domain is named.
  public var seed: UInt64 = 0

  /// Whether records are chosen by the index.
  public var choosesRecords: Bool { domain != nil || language != nil || mime != nil }

  /// Whether a text is such a name.
  public static func isQuery(_ text: String) -> Bool { text.hasPrefix(scheme) }

  /// Reads a name.
  ///
  /// - Throws: ``CrawlError`` that says which part cannot be.
  public init(_ text: String) throws(CrawlError) {
    precondition(Self.isQuery(text), "a name of Common Crawl begins with its scheme")
    let rest = text.dropFirst(Self.scheme.count)
    let mark = rest.firstIndex(of: "?") ?? rest.endIndex
    crawl = String(rest[..<mark])
    let isName = crawl.utf8.allSatisfy {
      UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
        || $0 == UInt8(ascii: "-")
    }
    guard isName, crawl.hasPrefix("CC-"), crawl.utf8.count <= 64 else {
      throw CrawlError("'\(crawl.prefix(64))' is no crawl; write its name, such as CC-MAIN-2026-30")
    }
    for part in rest[mark...].dropFirst().split(separator: "&") {
      let sign = part.firstIndex(of: "=") ?? part.endIndex
      try set(String(part[..<sign]), String(part[sign...].dropFirst()))
    }
    try check()
  }

  private mutating func set(_ key: String, _ value: String) throws(CrawlError) {
    switch key {
    case "domain": domain = try Self.host(value)
    case "language": language = try Self.word(value, key, 3...3)
    case "mime": mime = try Self.word(value, key, 3...100)
    case "limit":
      guard let number = Int(value), 1...Self.maximumLimit ~= number else {
        throw Self.bad(key, "a number from 1 to \(Self.maximumLimit)")
      }
      limit = number
    case "files":
      let bounds = value.split(separator: "-").map { Int($0) }
      if bounds.count == 1, let count = bounds[0], 1...1_000_000 ~= count {
        files = 0..<count
      } else if bounds.count == 2, let first = bounds[0], let last = bounds[1],
        0...last ~= first, last <= 1_000_000
      {
        files = first..<last + 1
      } else {
        throw Self.bad(
          key, "a number of archives, or the places of the first and the last as 10-19")
      }
    case "seed":
      guard let number = UInt64(value) else { throw Self.bad(key, "a whole number") }
      seed = number
    default:
      throw CrawlError(
        "'\(key.prefix(40))' is no condition; there are domain, language, mime, limit, files and seed"
      )
    }
  }

  private func check() throws(CrawlError) {
    if choosesRecords, files != nil {
      throw CrawlError(
        "files names whole archives, and domain, language and mime choose records; name one of them"
      )
    }
    if !choosesRecords, files == nil {
      throw CrawlError(
        "a whole crawl has some 80 TB; say how much of it by files=N, or which records by domain, language or "
          + "mime")
    }
  }

  private static func host(_ value: String) throws(CrawlError) -> String {
    let host = value.lowercased()
    let isHost =
      3...253 ~= host.utf8.count && host.contains(".") && !host.hasPrefix(".")
      && !host.hasSuffix(".") && !host.contains("..")
      && host.utf8.allSatisfy {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
          || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
      }
    guard isHost else { throw bad("domain", "a host in ASCII such as example.com") }
    return host
  }

  private static func word(
    _ value: String, _ key: String, _ length: ClosedRange<Int>
  ) throws(CrawlError) -> String {
    let word = value.lowercased()
    guard length ~= word.utf8.count, word.utf8.allSatisfy({ 0x21...0x7e ~= $0 }) else {
      throw bad(key, key == "mime" ? "a media type such as text/html" : "three letters such as eng")
    }
    return word
  }

  private static func bad(_ key: String, _ wanted: String) -> CrawlError {
    CrawlError("\(key) is \(wanted)")
  }

  /// The name in one form for all ways to write it.
  public var description: String {
    var parts: [String] = []
    if let domain { parts.append("domain=\(domain)") }
    if let files { parts.append("files=\(files.lowerBound)-\(files.upperBound - 1)") }
    if let language { parts.append("language=\(language)") }
    if choosesRecords { parts.append("limit=\(limit)") }
    if let mime { parts.append("mime=\(mime)") }
    if choosesRecords { parts.append("seed=\(seed)") }
    return "\(Self.scheme)\(crawl)?\(parts.joined(separator: "&"))"
  }
}

/// Why a crawl cannot be read as it was named.
public struct CrawlError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and how it may be mended.
  public var message: String

  /// Makes an error.
  public init(_ message: String) { self.message = message }

  /// The message.
  public var description: String { message }
}

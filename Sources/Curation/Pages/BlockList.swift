internal import Documents
internal import WebAddress

/// Domains, and beginnings of URLs, whose pages no corpus takes.
///
/// The text of a list has one a line: `example.com` stands for that domain and all below it,
/// `example.com/forum/` or `https://example.com/forum/` for the URLs that begin so, whatever their scheme.
/// What follows `#` is a comment. Domains are compared label by label in their ASCII form, so that
/// `example.com` is no `notexample.com` and `bücher.example` is `xn--bcher-kva.example`; an IP address
/// stands for itself alone.
public struct BlockList: Hashable, Sendable {
  private var domains: Set<String> = []
  /// What URLs begin with behind their host, by host.
  private var beginnings: [String: [String]] = [:]

  /// Makes a list of nothing.
  public init() {}

  /// Reads the text of a list.
  ///
  /// - Throws: ``CurationListError`` naming the first line that is neither.
  public init(parsing text: String) throws(CurationListError) {
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let entry = line.prefix { $0 != "#" }.filter { !$0.isWhitespace }
      if !entry.isEmpty { try add(entry, line: index + 1) }
    }
  }

  /// Whether nothing is on the list.
  public var isEmpty: Bool { domains.isEmpty && beginnings.isEmpty }

  private mutating func add(_ entry: String, line: Int) throws(CurationListError) {
    let hasScheme = entry.contains("://")
    let isDomain = !hasScheme && !entry.contains("/")
    let bare = isDomain ? Self.withoutDots(entry) : entry
    let address = hasScheme ? bare : "http://" + bare + (isDomain ? "/" : "")
    guard !bare.isEmpty, !bare.hasPrefix("/"), let url = WebURL(parsing: address),
      let host = Self.host(of: url)
    else {
      throw CurationListError(
        line: line,
        message: "'\(entry)' is neither a domain, such as example.com, nor the beginning of a URL")
    }
    if isDomain {
      domains.insert(host)
    } else {
      beginnings[host, default: []].append(Self.tail(of: url))
    }
  }

  /// Why a page is dropped for its URL, if it is.
  func refusal(of address: String) -> Reason? {
    guard !isEmpty, let url = WebURL(parsing: address), let host = Self.host(of: url) else {
      return nil
    }
    var domain = Substring(host)
    while true {
      if domains.contains(String(domain)) {
        return Reason(.blockedDomain, detail: String(domain))
      }
      guard let dot = domain.firstIndex(of: ".") else { break }
      domain = domain[domain.index(after: dot)...]
    }
    let tail = Self.tail(of: url)
    return beginnings[host]?.first { tail.hasPrefix($0) }
      .map { Reason(.blockedURL, detail: host + $0) }
  }

  /// A domain without the `*.` or `.` that lists put before it.
  private static func withoutDots(_ entry: String) -> String {
    let start = entry.hasPrefix("*.") ? entry.dropFirst(2) : entry[...]
    return String(start.drop { $0 == "." })
  }

  private static func host(of url: WebURL) -> String? {
    guard let host = url.host, !host.isEmpty else { return nil }
    return host.hasSuffix(".") ? String(host.dropLast()) : host
  }

  /// A URL from its port on, in the form that URLs of one page share.
  private static func tail(of url: WebURL) -> String {
    let text = url.normalized
    let start = text.firstRange(of: "://").map { text[$0.upperBound...] } ?? text[...]
    return String(start.dropFirst(url.host?.count ?? 0))
  }
}

internal import Documents
internal import WebAddress

/// An address that may be asked for, cut up as the scheduling needs it.
struct FetchAddress: Hashable, Sendable {
  /// The longest address that is asked for; servers commonly refuse more than 8,190 bytes.
  static let maximumLength = 8_000

  /// The address as parsed.
  let url: WebURL
  /// The host without the dot of the root, by which politeness goes.
  let host: String
  /// The host as it is written in the address.
  let name: String
  /// The port that is connected to.
  let port: UInt16

  /// Judges an address by its form alone.
  static func judge(_ text: String, base: WebURL? = nil, _ rules: AddressRules) -> Decision<
    FetchAddress
  > {
    guard let url = WebURL(parsing: text, base: base), ["http", "https"].contains(url.scheme),
      let name = url.host, !name.isEmpty, text.utf8.count <= maximumLength
    else { return .dropped(Reason(.invalidAddress)) }
    let port = url.port ?? (url.scheme == "https" ? 443 : 80)
    if BlockedPorts.contains(port) {
      return .dropped(Reason(.blockedPort, measured: Double(port)))
    }
    if let literal = IPAddress(name.filter { !"[]".contains($0) }), !rules.allows(literal) {
      return .dropped(Reason(.addressRefused, detail: "\(literal)"))
    }
    return .kept(FetchAddress(url: url, name: name, port: port))
  }

  private init(url: WebURL, name: String, port: UInt16) {
    self.url = url
    self.name = name
    self.port = port
    host = name.hasSuffix(".") ? String(name.dropLast()) : name
  }

  /// Scheme, host and port: what a robots.txt is for.
  var origin: String { "\(url.scheme)://\(name):\(port)" }

  /// The path with its query: what the rules of a robots.txt are about.
  var target: String { url.path + (url.query.map { "?" + $0 } ?? "") }

  /// The address as it is sent: without credentials and fragment.
  var text: String {
    "\(url.scheme)://\(name)" + (url.port.map { ":\($0)" } ?? "") + target
  }

  /// The address of the origin's robots.txt.
  var robots: String {
    "\(url.scheme)://\(name)" + (url.port.map { ":\($0)" } ?? "") + "/robots.txt"
  }
}

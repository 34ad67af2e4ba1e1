/// What answers a request.
public struct Response: Hashable, Sendable {
  /// The statuses that the viewer answers with (RFC 9110, §15).
  public enum Status: Int, Hashable, Sendable {
    /// The page.
    case ok = 200
    /// The page is elsewhere.
    case seeOther = 303
    /// The bytes are no request.
    case badRequest = 400
    /// There is no such page.
    case notFound = 404
    /// The viewer is read-only.
    case methodNotAllowed = 405
    /// The request did not come in time.
    case requestTimeout = 408
    /// The viewer takes no bodies.
    case contentTooLarge = 413
    /// The request is for another host.
    case misdirected = 421
    /// The head of the request is too long.
    case headTooLarge = 431
    /// A file of the run cannot be read.
    case internalError = 500
    /// Too much is asked at once.
    case unavailable = 503
    /// The request is of another version of HTTP.
    case versionNotSupported = 505

    /// The status in words.
    public var words: String {
      switch self {
      case .ok: "OK"
      case .seeOther: "See Other"
      case .badRequest: "Bad Request"
      case .notFound: "Not Found"
      case .methodNotAllowed: "Method Not Allowed"
      case .requestTimeout: "Request Timeout"
      case .contentTooLarge: "Content Too Large"
      case .misdirected: "Misdirected Request"
      case .headTooLarge: "Request Header Fields Too Large"
      case .internalError: "Internal Server Error"
      case .unavailable: "Service Unavailable"
      case .versionNotSupported: "HTTP Version Not Supported"
      }
    }
  }

  /// The status.
  public var status: Status
  /// The media type.
  public var type: String
  /// The body.
  public var body: [UInt8]
  /// Header fields beside those that all responses have.
  public var fields: [String: String] = [:]

  /// A page.
  init(_ status: Status = .ok, html: String) {
    self.init(status: status, type: "text/html; charset=utf-8", body: Array(html.utf8))
  }

  /// A response of any type.
  init(status: Status = .ok, type: String, body: [UInt8]) {
    self.status = status
    self.type = type
    self.body = body
  }

  /// The message as it is sent.
  ///
  /// Every response says that nothing but the viewer's own style sheet and pictures may be loaded, that
  /// nothing may run, and that no other site may embed or read it.
  func message(isHeadOnly: Bool) -> [UInt8] {
    var head = "HTTP/1.1 \(status.rawValue) \(status.words)\r\n"
    let common = [
      ("Content-Type", type), ("Content-Length", String(body.count)), ("Connection", "close"),
      ("Content-Security-Policy", Self.policy), ("X-Content-Type-Options", "nosniff"),
      ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Cross-Origin-Opener-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
    ]
    for (name, value) in common { head += "\(name): \(value)\r\n" }
    if fields["Cache-Control"] == nil { head += "Cache-Control: no-store\r\n" }
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) { head += "\(name): \(value)\r\n" }
    return Array((head + "\r\n").utf8) + (isHeadOnly ? [] : body)
  }

  /// The policy of every response (Content Security Policy Level 3).
  static let policy =
    "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    + "frame-ancestors 'none'"
}

internal import HTTPExchanges

/// What a response that is no success means.
struct StoreFault {
  let reply: HTTPReply
  let uri: ObjectURI
  let configuration: StoreConfiguration
  /// The store's own name for it, such as `NoSuchKey`.
  let name: String
  private let words: String
  private let region: String?

  init(_ reply: HTTPReply, of uri: ObjectURI, _ configuration: StoreConfiguration) {
    self.reply = reply
    self.uri = uri
    self.configuration = configuration
    var (name, words, region) = ("", "", reply.head.value("x-amz-bucket-region"))
    if uri.bucket != nil, reply.body.count <= 1 << 16,
      let root = StoreDocument(reply.body)?.root, root.name == "Error"
    {
      name = Self.visible(root.text("Code") ?? "", configuration, longest: 64)
      words = Self.visible(root.text("Message") ?? "", configuration, longest: 200)
      region = region ?? root.text("Region")
    }
    self.name = name
    self.words = words
    self.region = region.map { Self.visible($0, configuration, longest: 32) }
  }

  private var status: Int { reply.head.status }

  /// Whether the same request may go well a little later.
  var mayPass: Bool {
    if let fault = reply.fault { return fault.mayPass }
    if name == "RequestTimeout" || name == "SlowDown" { return true }
    return [408, 425, 429, 500, 502, 503, 504].contains(status)
  }

  /// How long the server asks to be left alone.
  func retryAfter(now: Int64) -> Duration? {
    reply.head.value("retry-after").flatMap {
      RetryAfter.wait($0, date: reply.head.value("date"), now: now)
    }
  }

  /// The error, where no more is tried.
  var error: ObjectStoreError {
    if let fault = reply.fault { return error(of: fault) }
    switch name {
    case "NoSuchBucket": return .init(.noBucket, noBucket)
    case "NoSuchKey", "NoSuchUpload": return .init(.noObject, noObject)
    case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken",
      "TokenRefreshRequired", "InvalidSecurity":
      return .init(.wrongCredentials, wrongCredentials)
    case "RequestTimeTooSkewed": return .init(.clockSkew, clockSkew)
    case "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed",
      "IllegalLocationConstraintException":
      return .init(.endpoint, otherRegion)
    default: return errorOfStatus
    }
  }

  private var errorOfStatus: ObjectStoreError {
    switch status {
    case 301, 302, 307, 308: .init(.endpoint, otherRegion)
    case 401, 403: isSkewed ? .init(.clockSkew, clockSkew) : .init(.denied, denied)
    case 404, 410: .init(.noObject, noObject)
    case 412: .init(.changed, Self.changed(uri))
    case 416: .init(.truncated, "\(uri) is shorter than it was announced to be\(told)")
    case 408, 425, 429, 500...599:
      .init(.unavailable, "\(uri): the server is busy or out of order\(told)")
    default: .init(.unavailable, "\(uri): the server does not do what was asked\(told)")
    }
  }

  /// The words for an object that is another than at first.
  static func changed(_ uri: ObjectURI) -> String {
    "\(uri) has changed while it was being read; run again once nobody writes there"
  }

  private func error(of fault: HTTPReply.Fault) -> ObjectStoreError {
    let server = uri.bucket == nil ? "the server" : "the store"
    let check =
      uri.bucket == nil
      ? "check the address" : "check AWS_ENDPOINT_URL (\(configuration.endpoint ?? "AWS itself"))"
    let library = reply.message.isEmpty ? "" : " (\(reply.message))"
    switch fault {
    case .unresolved, .unconnected:
      return .init(.endpoint, "\(uri): \(server) cannot be reached\(library); \(check)")
    case .untrusted:
      return .init(
        .endpoint,
        "\(uri): there is no trusted connection to \(server)\(library); name its certificates by "
          + "AWS_CA_BUNDLE, or \(check)")
    case .late: return .init(.unavailable, "\(uri): \(server) answers too slowly\(library)")
    case .broken: return .init(.truncated, "\(uri): the transfer ended too early\(library)")
    case .tooLarge: return .init(.tooLarge, "\(uri): more bytes came than were asked for")
    case .malformed:
      return .init(.endpoint, "\(uri): what answers there is no \(server)\(library); \(check)")
    case .noResources:
      return .init(.machine, "\(uri): \(reply.message); raise 'ulimit -n' or free some memory")
    }
  }

  private var told: String {
    let own = [name, words].filter { !$0.isEmpty }.joined(separator: ": ")
    return " (HTTP \(status)\(own.isEmpty ? "" : ", \(own)"))"
  }

  private var noObject: String {
    uri.bucket == nil
      ? "\(uri) does not exist\(told)"
      : "\(uri) does not exist\(told); check the key, and the bucket too"
  }

  private var noBucket: String {
    "\(uri): the bucket does not exist\(told); check its name, and AWS_ENDPOINT_URL and AWS_REGION"
  }

  private var wrongCredentials: String {
    "\(uri): the store refuses the credentials\(told); check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and "
      + "AWS_SESSION_TOKEN, or the profile"
  }

  private var denied: String {
    if uri.bucket == nil {
      return "\(uri): access is denied\(told)"
        + (uri.hasQuery ? "; a presigned address may have expired" : "")
    }
    let remedy =
      if case .signed = configuration.access {
        "let the owner of the bucket allow it for these credentials"
      } else {
        "nothing is signed; set credentials unless the bucket is public"
      }
    return "\(uri): access is denied\(told); \(remedy)"
  }

  private var otherRegion: String {
    "\(uri): the bucket is not at this address\(told); set "
      + (region.map { "AWS_REGION=\($0)" } ?? "AWS_REGION or AWS_ENDPOINT_URL to where it is")
  }

  private var isSkewed: Bool {
    // A response without a body says it by nothing but its date.
    guard uri.bucket != nil, let date = reply.head.value("date").flatMap(HTTPDate.parse) else {
      return false
    }
    return abs(date - configuration.now()) > 900
  }

  private var clockSkew: String {
    let date = reply.head.value("date").map { ", which says \($0)" } ?? ""
    return "\(uri): this machine's clock is too far from the store's\(date); set it"
  }

  private static func visible(
    _ text: String, _ configuration: StoreConfiguration, longest: Int
  ) -> String {
    let line = String(text.prefix(longest).map { $0.isNewline ? " " : $0 })
      .filter { !($0.unicodeScalars.first?.properties.generalCategory == .control) }
    guard case .signed(let credentials) = configuration.access else { return line }
    return credentials.removed(from: line)
  }
}

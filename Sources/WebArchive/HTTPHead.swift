public import Documents

/// The head of an HTTP response (RFC 9112, §2.1): the status line and the fields.
public struct HTTPHead: Hashable, Sendable {
  /// The status code.
  public var status: Int
  /// The reason phrase, which may be empty.
  public var reason: String
  /// The fields.
  public var fields: HeaderFields
  /// How many bytes of the block come before the body.
  public var byteCount: Int
  /// Whether the empty line that ends the head is there.
  public var isWhole: Bool

  private static let magic = Array("HTTP/".utf8)
  private static let maximumInterimResponses = 8

  /// Reads the head that a block begins with, whatever follows it.
  ///
  /// - Returns: The head, or `notHTTP`.
  public static func parse(
    _ block: [UInt8], limits: HTTPLimits = HTTPLimits()
  ) -> Decision<HTTPHead> {
    var rest = block[...]
    var interim = 0
    while true {
      guard let head = HTTPHead(takenFrom: &rest, limits) else { return .dropped(Reason(.notHTTP)) }
      // An interim response stands before the final one in some crawlers' records (RFC 9110,
      // §15.2).
      guard head.isInterim, rest.starts(with: magic), interim < maximumInterimResponses else {
        return .kept(head)
      }
      interim += 1
    }
  }

  private var isInterim: Bool { 100..<200 ~= status && status != 101 }

  /// Takes status line, fields and the empty line off the front.
  private init?(takenFrom rest: inout ArraySlice<UInt8>, _ limits: HTTPLimits) {
    guard rest.starts(with: Self.magic) else { return nil }
    let longest = rest.prefix(limits.maximumHeaderBytes)
    let end = HeaderText.headerEnd(in: longest.span)
    // A header without an end has no body after it.
    guard end != nil || longest.count == rest.count else { return nil }
    var header = longest.prefix(end ?? longest.count)
    rest = rest.dropFirst(header.count)
    self.init(statusLine: HeaderText.takeLine(&header))
    fields = HeaderFields(parsing: header)
    byteCount = rest.startIndex
    isWhole = end != nil
  }

  /// Reads a line such as `HTTP/1.1 404 Not Found`; the phrase may be missing.
  private init?(statusLine: ArraySlice<UInt8>) {
    guard let blank = statusLine.firstIndex(where: \.isBlank) else { return nil }
    let text = HeaderText.trim(statusLine[blank...])
    let digits = text.prefix { !$0.isBlank }
    guard digits.count == 3, let status = HeaderText.number(HeaderText.decode(digits)),
      status >= 100
    else { return nil }
    self.init(
      status: Int(status),
      reason: HeaderText.decode(HeaderText.trim(text.dropFirst(digits.count))),
      fields: HeaderFields())
  }

  init(status: Int, reason: String, fields: HeaderFields) {
    self.status = status
    self.reason = reason
    self.fields = fields
    byteCount = 0
    isWhole = true
  }
}

extension HTTPHead {
  /// The media type as the head tells it, parameters included.
  public var contentType: String? { fields["Content-Type"] }

  /// The media type without parameters, in lower case (RFC 9110, §8.3.1).
  public var mediaType: String? {
    contentType.map { text in
      let type = text.prefix { $0 != ";" && $0 != "," }
      return type.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }
  }

  /// The head that a record archives, without a look at the body: of a `response` or a `revisit`
  /// the one in its block, of a `resource` one made of the record's own media type.
  ///
  /// - Returns: The head, or `notHTTP`, or `recordTooLarge`.
  public static func archived(
    by record: WARCRecord, limits: HTTPLimits = HTTPLimits()
  ) -> Decision<HTTPHead> {
    switch record.block {
    case .dropped(let reason): .dropped(reason)
    case .kept(let block):
      record.kind == .resource ? .kept(HTTPHead(of: record)) : parse(block, limits: limits)
    }
  }

  /// The head that a resource would have come with over HTTP.
  private init(of resource: WARCRecord) {
    let type = resource.contentType.map { HeaderFields.Field(name: "Content-Type", value: $0) }
    self.init(status: 200, reason: "OK", fields: HeaderFields(type.map { [$0] } ?? []))
  }

  /// The head of a stored response after another visit, whose fields replace those of the same name
  /// (RFC 9111, §3.2); a status of 304 stands for that of the stored response.
  func updated(by visit: HTTPHead) -> HTTPHead {
    var head = visit
    if visit.status == 304 { (head.status, head.reason) = (status, reason) }
    head.fields.all += fields.all.filter { visit.fields[$0.name] == nil }
    return head
  }
}

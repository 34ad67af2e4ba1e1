internal import Compression
public import Documents

/// An HTTP response as a WARC record's block holds it (RFC 9112), its body decoded.
public struct HTTPResponse: Hashable, Sendable {
  /// The status code.
  public var status: Int
  /// The reason phrase, which may be empty.
  public var reason: String
  /// The fields of the header.
  public var fields: HeaderFields
  /// The body without its transfer and content codings.
  public var body: [UInt8]
  /// Whether the body is cut short or damaged, so that only its beginning is here.
  public var isTruncated: Bool

  /// The media type as the header tells it, parameters included.
  public var contentType: String? { fields["Content-Type"] }

  /// Reads a response.
  ///
  /// Crawlers often store a body that was decoded already under the header that came with the
  /// encoded one. A body that is not encoded as the header says is therefore kept as it stands.
  ///
  /// - Returns: The response, or `notHTTP`, or `bodyTooLarge`.
  public static func parse(
    _ block: [UInt8], limits: HTTPLimits = HTTPLimits()
  ) -> Decision<HTTPResponse> {
    var rest = block[...]
    var interim = 0
    while true {
      guard var response = takeHeader(&rest, limits) else { return .dropped(Reason(.notHTTP)) }
      // An interim response stands before the final one in some crawlers' records (RFC 9110,
      // §15.2).
      if response.isInterim && rest.starts(with: magic) && interim < maximumInterimResponses {
        interim += 1
        continue
      }
      if let reason = response.decode(rest, limits) { return .dropped(reason) }
      return .kept(response)
    }
  }

  private static let magic = Array("HTTP/".utf8)
  private static let maximumInterimResponses = 8

  private var isInterim: Bool { 100..<200 ~= status && status != 101 }

  /// Takes status line, fields and the empty line off the front.
  private static func takeHeader(
    _ rest: inout ArraySlice<UInt8>, _ limits: HTTPLimits
  ) -> HTTPResponse? {
    guard rest.starts(with: magic) else { return nil }
    let longest = rest.prefix(limits.maximumHeaderBytes)
    let end = HeaderText.headerEnd(in: longest.span)
    // A header without an end has no body after it.
    guard end != nil || longest.count == rest.count else { return nil }
    var header = longest.prefix(end ?? longest.count)
    rest = rest.dropFirst(header.count)
    let statusLine = HeaderText.takeLine(&header)
    guard var response = HTTPResponse(statusLine: statusLine) else { return nil }
    response.fields = HeaderFields(parsing: header)
    response.isTruncated = end == nil
    return response
  }

  /// Reads a line such as `HTTP/1.1 404 Not Found`; the phrase may be missing.
  private init?(statusLine: ArraySlice<UInt8>) {
    guard let blank = statusLine.firstIndex(where: \.isBlank) else { return nil }
    let text = HeaderText.trim(statusLine[blank...])
    let digits = text.prefix { !$0.isBlank }
    guard digits.count == 3, let status = HeaderText.number(HeaderText.decode(digits)),
      status >= 100
    else { return nil }
    self.status = Int(status)
    reason = HeaderText.decode(HeaderText.trim(text.dropFirst(digits.count)))
    fields = HeaderFields()
    body = []
    isTruncated = false
  }

  /// Decodes the body; returns the reason where it is too large.
  private mutating func decode(_ raw: ArraySlice<UInt8>, _ limits: HTTPLimits) -> Reason? {
    let tooLarge = Reason(.bodyTooLarge, threshold: Double(limits.maximumBodyBytes))
    let isChunked = fields.list(of: "Transfer-Encoding").last?.lowercased() == "chunked"
    if isChunked, let chunked = ChunkedBody(parsing: raw) {
      body = chunked.bytes
      isTruncated = isTruncated || !chunked.isComplete
    } else {
      body = Array(raw)
      if !isChunked, let length = fields["Content-Length"].flatMap(HeaderText.number),
        length > body.count
      {
        isTruncated = true
      }
    }
    let codings = fields.list(of: "Content-Encoding")
    // More codings than any server applies are a trap; the body then stays as it is.
    for coding in codings.reversed() where codings.count <= limits.maximumCodings {
      guard let decoded = ContentCoding(name: coding)?.decode(body, limits.maximumBodyBytes) else {
        break
      }
      if decoded.ending == .limitReached { return tooLarge }
      body = decoded.bytes
      isTruncated = isTruncated || decoded.ending != .complete
    }
    return body.count > limits.maximumBodyBytes ? tooLarge : nil
  }
}

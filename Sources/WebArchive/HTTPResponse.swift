public import Documents

/// An HTTP response as a WARC record's block holds it (RFC 9112), its body decoded.
public struct HTTPResponse: Hashable, Sendable {
  /// The status line and the fields.
  public var head: HTTPHead
  /// The body without its transfer and content codings.
  public var body: [UInt8]
  /// Whether the body is cut short or damaged, so that only its beginning is here.
  public var isTruncated: Bool

  /// The status code.
  public var status: Int { head.status }
  /// The reason phrase, which may be empty.
  public var reason: String { head.reason }
  /// The fields of the head.
  public var fields: HeaderFields { head.fields }
  /// The media type as the head tells it, parameters included.
  public var contentType: String? { head.contentType }

  /// Reads a response.
  ///
  /// Crawlers often store a body that was decoded already under the head that came with the
  /// encoded one, and sometimes one that is encoded under a head that says nothing of it. A body is
  /// therefore decoded by what it is where head and body disagree, and kept as it stands where it is
  /// not encoded.
  ///
  /// - Returns: The response, or `notHTTP`, or `bodyTooLarge`.
  public static func parse(
    _ block: [UInt8], limits: HTTPLimits = HTTPLimits()
  ) -> Decision<HTTPResponse> {
    switch HTTPHead.parse(block, limits: limits) {
    case .dropped(let reason): return .dropped(reason)
    case .kept(let head):
      switch BodyDecoding(head, limits).decode(block[head.byteCount...]) {
      case .dropped(let reason): return .dropped(reason)
      case .kept(let decoded):
        return .kept(
          HTTPResponse(
            head: head, body: decoded.bytes, isTruncated: decoded.isTruncated || !head.isWhole))
      }
    }
  }

  /// The response that a record archives.
  ///
  /// A `resource` is a response whose body is the record's block. A `revisit` takes its body from
  /// the record that it repeats, and its head from both.
  ///
  /// - Parameter earlier: The record that a revisit repeats.
  /// - Returns: The response, or `notHTTP`, or `bodyTooLarge`, or `recordTooLarge`.
  public static func archived(
    by record: WARCRecord, repeating earlier: WARCRecord? = nil, limits: HTTPLimits = HTTPLimits()
  ) -> Decision<HTTPResponse> {
    if let earlier {
      // The payload's codings are those that came with its own bytes.
      return archived(by: earlier, limits: limits).map { response in
        var response = response
        if let visit = HTTPHead.archived(by: record, limits: limits).value {
          response.head = response.head.updated(by: visit)
        }
        return response
      }
    }
    switch record.block {
    case .dropped(let reason): return .dropped(reason)
    case .kept(let block):
      guard record.kind == .resource else { return parse(block, limits: limits) }
      let head = HTTPHead.archived(by: record, limits: limits)
      if block.count > limits.maximumBodyBytes { return .dropped(limits.tooLarge) }
      return head.map { HTTPResponse(head: $0, body: block, isTruncated: false) }
    }
  }
}

extension Decision {
  fileprivate func map<Other>(_ transform: (Value) -> Other) -> Decision<Other> {
    switch self {
    case .kept(let value): .kept(transform(value))
    case .dropped(let reason): .dropped(reason)
    }
  }
}

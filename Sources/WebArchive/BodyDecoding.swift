internal import Compression
internal import Documents

/// Undoes the transfer and content codings of an HTTP body.
struct BodyDecoding {
  /// A body without codings.
  struct Decoded {
    var bytes: [UInt8]
    var isTruncated: Bool
  }

  private let head: HTTPHead
  private let limits: HTTPLimits
  private let transferCodings: [String]
  /// Whether the payload is of a kind that is never itself a compressed file, so that compressed
  /// bytes are a coding that the head does not tell.
  private let isNeverCompressed: Bool

  init(_ head: HTTPHead, _ limits: HTTPLimits) {
    self.head = head
    self.limits = limits
    transferCodings = head.fields.list(of: "Transfer-Encoding").map { $0.lowercased() }
    let type = head.mediaType ?? ""
    isNeverCompressed =
      type.hasPrefix("text/") || type.hasPrefix("image/") || type == "application/xhtml+xml"
  }

  /// Decodes a body; drops it where it is too large.
  func decode(_ raw: ArraySlice<UInt8>) -> Decision<Decoded> {
    var body = joined(raw)
    // Transfer codings are applied last, so they are undone first; more codings than any server
    // applies are a trap, and the body then stays as it is.
    let codings = head.fields.list(of: "Content-Encoding") + transferCodings
    var undone = 0
    if codings.count <= limits.maximumCodings {
      for name in codings.reversed() {
        guard let coding = ContentCoding(name: name) else { continue }
        switch undo(coding, of: &body) {
        case nil: continue
        case .limitReached: return .dropped(limits.tooLarge)
        default: undone += 1
        }
      }
    }
    while isNeverCompressed, undone < limits.maximumCodings,
      let coding = ContentCoding(marking: body.bytes)
    {
      let ending = undo(coding, of: &body)
      if ending == nil { break }
      if ending == .limitReached { return .dropped(limits.tooLarge) }
      undone += 1
    }
    if body.bytes.count > limits.maximumBodyBytes { return .dropped(limits.tooLarge) }
    return .kept(body)
  }

  /// Undoes one coding; `nil` where the body is not so encoded.
  private func undo(_ coding: ContentCoding, of body: inout Decoded) -> Decompressed.Ending? {
    guard let decoded = coding.decode(body.bytes, limits.maximumBodyBytes) else { return nil }
    body.bytes = decoded.bytes
    body.isTruncated = body.isTruncated || decoded.ending != .complete
    return decoded.ending
  }

  /// The body without the chunked coding, if it has it.
  private func joined(_ raw: ArraySlice<UInt8>) -> Decoded {
    if transferCodings.last == "chunked" {
      return ChunkedBody(parsing: raw).map { Decoded(bytes: $0.bytes, isTruncated: !$0.isComplete) }
        ?? Decoded(bytes: Array(raw), isTruncated: false)
    }
    // Some crawlers take the field off and leave the chunks: only a body that is whole chunks from
    // its first byte to its last is taken for one.
    if isNeverCompressed, let chunked = ChunkedBody(parsing: raw), chunked.isComplete,
      chunked.isWhole
    {
      return Decoded(bytes: chunked.bytes, isTruncated: false)
    }
    let length = head.fields["Content-Length"].flatMap(HeaderText.number) ?? 0
    return Decoded(bytes: Array(raw), isTruncated: length > raw.count)
  }
}

extension HTTPLimits {
  /// Why a body is dropped.
  var tooLarge: Reason { Reason(.bodyTooLarge, threshold: Double(maximumBodyBytes)) }
}

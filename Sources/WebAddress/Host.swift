/// Hosts of addresses <https://url.spec.whatwg.org/#host-parsing>.
enum Host {
  /// The longest host that is parsed, in bytes; a name of the DNS has at most 253.
  private static let maximumLength = 1024

  /// Parses a host to the form it has in a serialized address; `nil` where it is no host, or too long
  /// as written or in that form.
  static func parse(_ bytes: ArraySlice<UInt8>, isSpecial: Bool) -> String? {
    guard bytes.count <= maximumLength, let host = form(of: bytes, isSpecial: isSpecial),
      host.utf8.count <= maximumLength
    else { return nil }
    return host
  }

  private static func form(of bytes: ArraySlice<UInt8>, isSpecial: Bool) -> String? {
    if bytes.first == UInt8(ascii: "[") {
      guard bytes.last == UInt8(ascii: "]") else { return nil }
      return IPv6Address.parse(bytes.dropFirst().dropLast()).map { "[\($0)]" }
    }
    guard isSpecial else { return opaque(bytes) }
    let decoded = String(decoding: PercentEncoding.decode(bytes), as: UTF8.self)
    guard let ascii = DomainName.ascii(decoded), !ascii.isEmpty,
      !ascii.utf8.contains(where: isForbiddenInDomain)
    else { return nil }
    guard IPv4Address.endsInNumber(ascii) else { return ascii }
    return IPv4Address.parse(ascii)
  }

  private static func opaque(_ bytes: ArraySlice<UInt8>) -> String? {
    bytes.contains(where: isForbidden) ? nil : PercentEncoding.encode(bytes, .control)
  }

  private static func isForbidden(_ byte: UInt8) -> Bool {
    "\0\t\n\r #/:<>?@[\\]^|".utf8.contains(byte)
  }

  private static func isForbiddenInDomain(_ byte: UInt8) -> Bool {
    isForbidden(byte) || byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "%")
  }
}

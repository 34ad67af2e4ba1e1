/// What the URL Standard says of schemes.
enum Scheme {
  /// Whether a scheme is special <https://url.spec.whatwg.org/#special-scheme>.
  static func isSpecial(_ scheme: String) -> Bool {
    switch scheme {
    case "http", "https", "ws", "wss", "ftp", "file": true
    default: false
    }
  }

  /// The port that a special scheme has where none is written.
  static func defaultPort(of scheme: String) -> UInt16? {
    switch scheme {
    case "http", "ws": 80
    case "https", "wss": 443
    case "ftp": 21
    default: nil
    }
  }

  /// Splits a scheme off the bytes of an address.
  static func split(
    _ bytes: ArraySlice<UInt8>
  ) -> (scheme: String, rest: ArraySlice<UInt8>)? {
    guard let first = bytes.first, isLetter(first),
      let colon = bytes.firstIndex(where: { !isInScheme($0) }), bytes[colon] == UInt8(ascii: ":")
    else { return nil }
    let scheme = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
    return (scheme, bytes[(colon + 1)...])
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 32
  }

  private static func isInScheme(_ byte: UInt8) -> Bool {
    isLetter(byte) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "+-.".utf8.contains(byte)
  }
}

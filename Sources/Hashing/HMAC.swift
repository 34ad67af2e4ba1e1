public import Documents

/// HMAC-SHA256 (RFC 2104): a digest that only who has the key can make.
public enum HMAC {
  private static let blockBytes = 64

  /// The authentication code of bytes under a key.
  public static func sha256(_ bytes: some Sequence<UInt8>, key: [UInt8]) -> Digest {
    let short = key.count > blockBytes ? Digest(of: key).bytes.map { $0 } : key
    let padded = short + [UInt8](repeating: 0, count: blockBytes - short.count)
    var inner = SHA256()
    inner.update(padded.map { $0 ^ 0x36 })
    inner.update(bytes)
    var outer = SHA256()
    outer.update(padded.map { $0 ^ 0x5c })
    outer.update(inner.finish().bytes)
    return outer.finish()
  }
}

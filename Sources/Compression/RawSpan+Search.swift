internal import Glibc

extension RawSpan {
  /// The offset of the first occurrence of a pattern that begins at `start` or later.
  public func firstOffset(of pattern: [UInt8], from start: Int = 0) -> Int? {
    guard let first = pattern.first else { preconditionFailure("a pattern has bytes") }
    precondition(start >= 0, "a search begins in the span")
    return withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return nil }
      // The last offset at which the pattern fits, and one more.
      let end = bytes.count - pattern.count + 1
      var offset = start
      while offset < end, let found = memchr(base + offset, Int32(first), end - offset) {
        offset = UnsafeRawPointer(found) - base
        if memcmp(found, pattern, pattern.count) == 0 { return offset }
        offset += 1
      }
      return nil
    }
  }
}

extension Span where Element == UInt8 {
  /// The offset of the first occurrence of a pattern that begins at `start` or later.
  public func firstOffset(of pattern: [UInt8], from start: Int = 0) -> Int? {
    bytes.firstOffset(of: pattern, from: start)
  }
}

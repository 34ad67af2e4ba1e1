/// A body in the chunked transfer coding (RFC 9112, §7.1).
struct ChunkedBody {
  /// The chunks' data, one after the other.
  private(set) var bytes: [UInt8] = []
  /// Whether the last chunk is there and every chunk is whole.
  private(set) var isComplete = false
  /// Whether nothing follows the last chunk but the empty line that ends the trailer.
  private(set) var isWhole = false

  /// Reads a body; `nil` where it does not begin with a chunk, so was never chunked or is no
  /// longer.
  ///
  /// Trailer fields are ignored. What follows a chunk that is damaged is lost.
  init?(parsing body: ArraySlice<UInt8>) {
    var rest = body
    guard let first = Self.takeSize(&rest) else { return nil }
    bytes.reserveCapacity(body.count)
    var size = first
    while size > 0 {
      let data = rest.prefix(size)
      bytes.append(contentsOf: data)
      rest = rest.dropFirst(size)
      guard data.count == size, Self.takeLineEnd(&rest), let next = Self.takeSize(&rest) else {
        return
      }
      size = next
    }
    isComplete = true
    isWhole = rest.isEmpty || Self.takeLineEnd(&rest) && rest.isEmpty
  }

  /// Takes a line of hexadecimal digits, and perhaps extensions, off the front.
  private static func takeSize(_ rest: inout ArraySlice<UInt8>) -> Int? {
    guard let first = rest.first(where: { !$0.isBlank }), first.hexadecimalValue != nil,
      rest.contains(UInt8(ascii: "\n"))
    else { return nil }
    let line = HeaderText.takeLine(&rest)
    let digits = HeaderText.trim(line.prefix { $0 != UInt8(ascii: ";") })
    // Fifteen digits always fit.
    guard 1...15 ~= digits.count else { return nil }
    var size = 0
    for digit in digits {
      guard let value = digit.hexadecimalValue else { return nil }
      size = size << 4 | value
    }
    return size
  }

  private static func takeLineEnd(_ rest: inout ArraySlice<UInt8>) -> Bool {
    if rest.first == UInt8(ascii: "\r") { rest = rest.dropFirst() }
    guard rest.first == UInt8(ascii: "\n") else { return false }
    rest = rest.dropFirst()
    return true
  }
}

extension UInt8 {
  fileprivate var hexadecimalValue: Int? {
    switch asLowerCase {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(self - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(asLowerCase - UInt8(ascii: "a")) + 10
    default: nil
    }
  }
}

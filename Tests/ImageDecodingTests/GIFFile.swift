/// A GIF file of one frame, put together byte by byte.
///
/// Its codes are as wide as a byte: a clear code comes before the table of strings would need more.
struct GIFFile {
  static let red: [UInt8] = [200, 0, 0]
  static let blue: [UInt8] = [0, 0, 200]

  var screen = (width: 4, height: 3)
  var frame = (left: 0, top: 0, width: 4, height: 3)
  /// Red, green and blue of each entry; there is no table where it is `nil`.
  var globalColours: [UInt8]? = red + blue
  var localColours: [UInt8]?
  var transparent: UInt8?
  /// The codes of the pixels, without clear and end codes.
  var codes = [UInt8](repeating: 0, count: 12)

  private static let clear: UInt8 = 128
  private static let end: UInt8 = 129

  var bytes: [UInt8] {
    var bytes = Array("GIF89a".utf8) + Self.number(screen.width) + Self.number(screen.height)
    bytes += [globalColours == nil ? 0 : 0x80 | Self.tableSize(globalColours), 0, 0]
    bytes += globalColours ?? []
    if let transparent { bytes += [0x21, 0xF9, 4, 1, 0, 0, transparent, 0] }
    bytes += [0x2C] + [frame.left, frame.top, frame.width, frame.height].flatMap(Self.number)
    bytes += [localColours == nil ? 0 : 0x80 | Self.tableSize(localColours)] + (localColours ?? [])
    return bytes + [7] + data + [0, 0x3B]
  }

  /// The codes in blocks of 100, each begun anew.
  private var data: [UInt8] {
    var blocks: [UInt8] = []
    for start in stride(from: 0, to: codes.count, by: 100) {
      let part = codes[start..<min(start + 100, codes.count)]
      let last = start + 100 >= codes.count
      blocks += [UInt8(part.count + (last ? 2 : 1)), Self.clear] + part + (last ? [Self.end] : [])
    }
    return blocks
  }

  private static func number(_ value: Int) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

  /// The exponent of the entries, less one.
  private static func tableSize(_ colours: [UInt8]?) -> UInt8 {
    UInt8((colours ?? []).count / 6).leadingZeroBitCount == 8
      ? 0 : UInt8(7 - UInt8((colours ?? []).count / 6).leadingZeroBitCount)
  }
}

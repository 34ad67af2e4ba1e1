/// The 512-byte header of a file in a tar archive, in the ustar form of POSIX.1-1988.
struct TarHeader {
  /// Headers and data are padded to blocks of so many bytes.
  static let blockSize = 512
  /// The longest name a header holds.
  static let nameLimit = 100
  /// The largest file a header describes: eleven octal digits.
  static let sizeLimit = 1 << 33 - 1

  var name: String
  var size: Int
  /// The kind of entry: `0` is a file.
  var kind: UInt8

  /// The header of a file as every archive of weft has it: no owner, no time, mode 0644.
  static func bytes(name: String, size: Int) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: blockSize)
    func put(_ text: some Sequence<UInt8>, at offset: Int) {
      for (index, byte) in text.enumerated() { block[offset + index] = byte }
    }
    put(name.utf8, at: 0)
    put(octal(0o644, digits: 7), at: 100)
    put(octal(0, digits: 7), at: 108)
    put(octal(0, digits: 7), at: 116)
    put(octal(size, digits: 11), at: 124)
    put(octal(0, digits: 11), at: 136)
    block[156] = UInt8(ascii: "0")
    put("ustar\u{0}00".utf8, at: 257)
    put(octal(checksum(block[...]), digits: 6) + [0, 0x20], at: 148)
    return block
  }

  /// Reads a header; `nil` where its checksum or a number is wrong.
  init?(_ block: ArraySlice<UInt8>) {
    func field(_ offset: Int, _ count: Int) -> ArraySlice<UInt8> {
      block[block.startIndex + offset..<block.startIndex + offset + count]
    }
    guard let sum = Self.number(field(148, 8)), sum == Self.checksum(block),
      let size = Self.number(field(124, 12))
    else { return nil }
    var name = field(0, 100).prefix { $0 != 0 }
    let prefix = field(345, 155).prefix { $0 != 0 }
    if field(257, 5).elementsEqual("ustar".utf8) && !prefix.isEmpty {
      name = prefix + [UInt8(ascii: "/")] + name
    }
    guard let text = String(validating: name, as: UTF8.self) else { return nil }
    self.name = text
    self.size = size
    kind = block[block.startIndex + 156]
  }

  /// The sum of a header's bytes, those of the checksum itself taken as spaces.
  private static func checksum(_ block: ArraySlice<UInt8>) -> Int {
    var sum = 8 * 0x20
    for (index, byte) in block.enumerated() where !(148..<156).contains(index) { sum += Int(byte) }
    return sum
  }

  private static func octal(_ number: Int, digits: Int) -> [UInt8] {
    let text = String(number, radix: 8)
    return Array((String(repeating: "0", count: digits - text.count) + text).utf8)
  }

  /// Reads an octal number that spaces may stand before and a space or zero byte after.
  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = field.drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
    let rest = field[digits.endIndex...]
    guard !digits.isEmpty, rest.allSatisfy({ $0 == 0 || $0 == 0x20 }) else { return nil }
    return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
  }
}

import Glibc

/// Decoding of bytes to UTF-8 as the Encoding Standard does it: what is malformed becomes U+FFFD.
enum Decoder {
  static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
  private static let euro: [UInt8] = [0xE2, 0x82, 0xAC]

  /// Decodes bytes of an encoding to well-formed UTF-8.
  static func decode(_ bytes: ArraySlice<UInt8>, as encoding: Encoding) -> ArraySlice<UInt8> {
    switch encoding {
    case .utf8: utf8(bytes)
    case .replacement: bytes.isEmpty ? [] : replacement[...]
    case .xUserDefined: userDefined(bytes)[...]
    case .iso2022Jp: ISO2022JP.decode(bytes)[...]
    default:
      if let table = SingleByteTable.tables[encoding] {
        table.decode(bytes)[...]
      } else {
        converted(bytes, as: encoding)
      }
    }
  }

  private static func utf8(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if isUTF8(bytes) { return bytes }
    return Array(String(decoding: bytes, as: UTF8.self).utf8)[...]
  }

  /// Whether bytes are well-formed UTF-8.
  static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    (try? UTF8Span(validating: bytes.span)) != nil
  }

  /// The standard's x-user-defined: bytes from 0x80 on become the private characters from U+F780 on.
  private static func userDefined(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for byte in bytes {
      if byte < 0x80 {
        text.append(byte)
      } else {
        text += [0xEF, 0x9E + (byte >> 6 & 1), 0x80 | byte & 0x3F]
      }
    }
    return text
  }

  static func converted(
    _ bytes: ArraySlice<UInt8>, as encoding: Encoding
  ) -> ArraySlice<UInt8> {
    guard let name = encoding.converter else { return utf8(bytes) }
    let descriptor = iconv_open("UTF-8", name)
    // glibc without its converters installed still decodes what is ASCII.
    guard descriptor != iconv_t(bitPattern: -1), let descriptor else { return utf8(bytes) }
    defer { iconv_close(descriptor) }
    // A character of one byte may take three in UTF-8; one of two bytes takes no more than four.
    let capacity = bytes.count * 3 + 16
    let text = bytes.withUnsafeBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
        count = run(descriptor, input, output, encoding)
      }
    }
    return text[...]
  }

  /// Converts all of `input`, replacing what is malformed; returns the number of bytes written.
  private static func run(
    _ descriptor: iconv_t, _ input: UnsafeBufferPointer<UInt8>,
    _ output: UnsafeMutableBufferPointer<UInt8>, _ encoding: Encoding
  ) -> Int {
    guard let start = input.baseAddress, let outStart = output.baseAddress else { return 0 }
    return outStart.withMemoryRebound(to: CChar.self, capacity: output.count) { outStart in
      UnsafeMutablePointer(mutating: start).withMemoryRebound(
        to: CChar.self, capacity: input.count
      ) { start in
        var from: UnsafeMutablePointer<CChar>? = start
        var left = input.count
        var to: UnsafeMutablePointer<CChar>? = outStart
        var room = output.count
        while left > 0, iconv(descriptor, &from, &left, &to, &room) == -1 {
          guard errno != E2BIG, let bad = from, let place = to, room >= 3 else { break }
          // The standard knows the euro sign of Windows' code page 936, which is no GB 18030.
          let isEuro = encoding.isGB && UInt8(bitPattern: bad.pointee) == 0x80
          let written = isEuro ? euro : replacement
          for (offset, value) in written.enumerated() {
            place[offset] = CChar(bitPattern: value)
          }
          to = place + written.count
          room -= written.count
          from = bad + 1
          left -= 1
        }
        // Some decoders hold a letter back until they know that no accent follows.
        iconv(descriptor, nil, nil, &to, &room)
        return output.count - room
      }
    }
  }
}

extension Encoding {
  fileprivate var isGB: Bool { self == .gbk || self == .gb18030 }
}

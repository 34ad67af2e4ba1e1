extension Orientation {
  /// Reads the orientation from the EXIF segment of a JPEG file; `upright` where it has none.
  ///
  /// Only the first EXIF segment before the image data counts, and only the first directory in it,
  /// which describes the main image.
  init(ofJPEG bytes: [UInt8]) {
    self = .upright
    var place = 2
    while place + 4 <= bytes.count, bytes[place] == 0xFF {
      let marker = bytes[place + 1]
      if marker == 0xFF {
        place += 1
        continue
      }
      let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
      let end = place + 2 + length
      guard marker != 0xDA, marker != 0xD9, length >= 2, end <= bytes.count else { return }
      if marker == 0xE1, let found = Self.orientation(inEXIF: bytes[place + 4..<end]) {
        self = found
        return
      }
      place = end
    }
  }

  private static func orientation(inEXIF segment: ArraySlice<UInt8>) -> Orientation? {
    let name: [UInt8] = Array("Exif".utf8) + [0, 0]
    guard segment.starts(with: name) else { return nil }
    guard let directory = TIFFDirectory(segment.dropFirst(name.count)) else { return .upright }
    return directory.shortValue(ofTag: 274).flatMap(Orientation.init) ?? .upright
  }
}

/// The first directory of a TIFF structure (TIFF 6.0, section 2).
private struct TIFFDirectory {
  private let bytes: ArraySlice<UInt8>
  private let isLittleEndian: Bool
  private var start = 0

  init?(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    if bytes.starts(with: [0x49, 0x49, 0x2A, 0]) {
      isLittleEndian = true
    } else if bytes.starts(with: [0x4D, 0x4D, 0, 0x2A]) {
      isLittleEndian = false
    } else {
      return nil
    }
    guard let offset = number(at: 4, byteCount: 4) else { return nil }
    start = offset
  }

  func shortValue(ofTag tag: Int) -> Int? {
    guard let count = number(at: start, byteCount: 2) else { return nil }
    for entry in 0..<count {
      let place = start + 2 + 12 * entry
      guard let found = number(at: place, byteCount: 2) else { return nil }
      if found == tag {
        let isShort = number(at: place + 2, byteCount: 2) == 3
        return isShort ? number(at: place + 8, byteCount: 2) : nil
      }
    }
    return nil
  }

  private func number(at offset: Int, byteCount: Int) -> Int? {
    guard offset >= 0, offset + byteCount <= bytes.count else { return nil }
    let field = bytes.dropFirst(offset).prefix(byteCount)
    return isLittleEndian
      ? field.reversed().reduce(0) { $0 << 8 | Int($1) } : field.reduce(0) { $0 << 8 | Int($1) }
  }
}

/// Text with its white space collapsed as browsers collapse it.
///
/// No-break spaces count as spaces; soft hyphens, zero-width spaces and byte order marks are left out.
struct CollapsedText {
  private(set) var bytes: [UInt8] = []
  /// Where the run begun last starts.
  private(set) var start = 0
  /// The space or line break met last, which shows only if more text follows in the run; 0 for none.
  private var pending: UInt8 = 0

  private static let space: UInt8 = 0x20
  private static let lineBreak: UInt8 = 0x0A

  /// How many bytes the run begun last has.
  var length: Int { bytes.count - start }

  /// Begins a new run.
  mutating func begin() {
    start = bytes.count
    pending = 0
  }

  /// Takes back the run begun last.
  mutating func discard() {
    bytes.removeSubrange(start...)
    pending = 0
  }

  /// Parts what comes from what is there.
  mutating func space() { if pending == 0 { pending = Self.space } }

  /// Begins a new line with what comes.
  mutating func lineBreak() { pending = Self.lineBreak }

  /// Appends text, collapsing its white space.
  mutating func append(_ text: ArraySlice<UInt8>) {
    var at = text.startIndex
    let end = text.endIndex
    while at < end {
      let byte = text[at]
      if byte <= 0x20 {
        space()
        at += 1
        continue
      }
      if byte >= 0xC2, let skipped = invisible(text, at) {
        if skipped.isSpace { space() }
        at += skipped.length
        continue
      }
      if pending != 0 {
        if bytes.count > start { bytes.append(pending) }
        pending = 0
      }
      let plain = at
      repeat { at += 1 } while at < end && Self.isPlain(text[at])
      bytes += text[plain..<at]
    }
  }

  /// Whether a byte is neither white space nor the first of a character that may be left out.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte != 0xC2 && byte != 0xE2 && byte != 0xEF
  }

  /// Appends text as it is, but for carriage returns.
  mutating func appendVerbatim(_ text: ArraySlice<UInt8>) {
    pending = 0
    for byte in text where byte != 13 { bytes.append(byte) }
  }

  /// Appends a separator.
  mutating func append(separator: StaticString) {
    pending = 0
    bytes += separator.description.utf8
  }

  /// Takes white space from both ends of a preformatted run, but keeps its first line's indentation.
  mutating func trim() {
    while bytes.count > start, let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    var first = start
    var at = start
    while at < bytes.count, bytes[at] <= 0x20 {
      if bytes[at] == 10 { first = at + 1 }
      at += 1
    }
    if first > start { bytes.removeSubrange(start..<first) }
  }

  private func invisible(
    _ text: ArraySlice<UInt8>, _ at: Int
  ) -> (length: Int, isSpace: Bool)? {
    guard at + 1 < text.endIndex else { return nil }
    switch (text[at], text[at + 1]) {
    case (0xC2, 0xA0): return (2, true)
    case (0xC2, 0xAD): return (2, false)
    case (0xE2, 0x80) where at + 2 < text.endIndex:
      switch text[at + 2] {
      case 0x80...0x8A, 0xAF: return (3, true)
      case 0x8B: return (3, false)
      default: return nil
      }
    case (0xEF, 0xBB) where at + 2 < text.endIndex && text[at + 2] == 0xBF: return (3, false)
    default: return nil
    }
  }
}

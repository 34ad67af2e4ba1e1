import TestSupport

/// Makes up texts of what normalisers and encoders stumble over.
struct GeneratedTexts {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  private static let parts = [
    "the ", "GNU General Public License", "of", " of ", "<x>", "<usr>", "<ctl>", "<s>",
    "ka", "lomi", "sta", " ", "  ", "     ", "\t", "\n", "\r\n", "\u{A0}", "\u{3000}",
    "\u{2581}", "\u{2581}\u{2581}", "\u{2585}", "\u{0}", "\u{1}", "\u{1F}", "\u{7F}",
    "\u{85}", "\u{AD}", "\u{200B}", "\u{200D}", "\u{FEFF}", "\u{FFFD}", "\u{301}",
    "\u{308}", "\u{345}", "\u{FE0F}", "ﬁ", "ﬃ", "ǆ", "Ｈｅ", "ｶﾞ", "①", "½", "²", "™", "ﷺ",
    "e\u{301}", "Å", "İ", "ß", "Ä", "한", "\u{1112}\u{1161}\u{11AB}", "東京", "タワー", "हिन्दी",
    "ไทย", "العربية", "😀", "👩‍👩‍👧", "🇫🇷", "1,234", "xy", "x!", "abcd", "aaaaaaa",
    "\u{10FFFF}", "\u{E000}", "€a", "`", "\"", "...", "…",
  ]

  private static let ranges: [ClosedRange<UInt32>] = [
    0...0x7F, 0x20...0x7E, 0x80...0x24F, 0x300...0x36F, 0x370...0x1FFF, 0x1100...0x11FF,
    0x2000...0x2FFF, 0x3000...0xD7FF, 0xE000...0xFFFF, 0x1_0000...0x10_FFFF, 0x1_F300...0x1_FAFF,
  ]

  /// A text of up to 40 parts: pieces of words, troublesome characters, any scalars.
  mutating func next() -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...40, using: &generator) {
      if Bool.random(using: &generator) {
        text += Self.parts.randomElement(using: &generator) ?? ""
        continue
      }
      let range = Self.ranges.randomElement(using: &generator) ?? 0...0x7F
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let value = UInt32.random(in: range, using: &generator)
        text.unicodeScalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
      }
    }
    return text
  }

  /// The bytes of a text with some of them damaged, lost or doubled.
  mutating func nextBytes() -> [UInt8] {
    var bytes = Array(next().utf8)
    for _ in 0..<Int.random(in: 1...6, using: &generator) where !bytes.isEmpty {
      let index = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes.remove(at: index)
      case 1: bytes.insert(UInt8.random(in: 0x80...0xFF, using: &generator), at: index)
      case 2: bytes.removeSubrange(index...)
      default: bytes[index] = UInt8.random(in: 0...255, using: &generator)
      }
    }
    return bytes
  }
}

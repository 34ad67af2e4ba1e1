/// Text of pages made safe to print: it comes from strangers.
enum VisibleText {
  /// The text with every control, format and separator character but the space replaced by its
  /// code, so that it can neither steer a terminal nor reorder the line around it.
  static func of(_ text: some StringProtocol) -> String {
    var visible = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isPlain(scalar) {
        visible.append(scalar)
      } else if scalar == "\n" {
        visible.append("⏎")
      } else if scalar == "\t" {
        visible.append("⇥")
      } else {
        visible.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      }
    }
    return String(visible)
  }

  /// Visible text of at most `width` columns, ended by `…` where it is cut.
  static func of(_ text: some StringProtocol, width: Int) -> String {
    // A character is rarely more than a few scalars; text beyond that many is cut unread.
    let visible = of(String(text.prefix(max(0, width) + 1)))
    guard columns(of: visible) > width else { return visible }
    return visible[..<prefix(of: visible, columns: width - 1)] + "…"
  }

  /// Where a text must be cut to take at most so many columns.
  static func prefix(of text: String, columns limit: Int) -> String.Index {
    var used = 0
    for index in text.indices {
      used += columns(of: String(text[index]))
      if used > limit { return index }
    }
    return text.endIndex
  }

  /// How many columns of a terminal a text takes: two for wide East Asian characters and emoji.
  static func columns(of text: String) -> Int {
    text.reduce(0) { $0 + ($1.unicodeScalars.first.map(columns) ?? 0) }
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      // Joiners shape words and emoji and cannot reorder anything.
      scalar == "\u{200D}" || scalar == "\u{200C}"
    default: true
    }
  }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      2
    default: 1
    }
  }
}

extension Unicode.Scalar {
  /// Whether the scalar ends a line.
  var isLineBreak: Bool {
    switch value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Whether the scalar is a letter, or a mark on one.
  var isLetterOrMark: Bool {
    if isASCII { return properties.isAlphabetic }
    return switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark:
      true
    default: false
    }
  }

  /// Whether the scalar is a digit of any script.
  var isDigit: Bool {
    isASCII ? (0x30...0x39).contains(value) : properties.generalCategory == .decimalNumber
  }

  /// Whether the scalar is a quotation mark that can close, or a closing bracket.
  var isClosing: Bool {
    switch self {
    case "\"", "'", "\u{201D}", "\u{2019}", "\u{BB}", "\u{203A}": true
    default: properties.generalCategory == .closePunctuation
    }
  }
}

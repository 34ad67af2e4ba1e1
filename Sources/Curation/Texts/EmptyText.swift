import Documents

/// Drops text in which nothing is visible.
struct EmptyText {
  func refusal(of text: String) -> Reason? {
    text.unicodeScalars.allSatisfy(Self.isInvisible) ? Reason(.emptyText) : nil
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    return properties.isWhitespace || properties.isDefaultIgnorableCodePoint
      || properties.generalCategory == .control
  }
}

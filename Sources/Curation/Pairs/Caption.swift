import Documents

/// A text that may describe an image, with what the rules for captions measure.
struct Caption {
  /// The text, white space collapsed; never empty.
  let text: String
  let source: ImageTextPair.Source
  let words: [Substring]

  /// Makes a caption; `nil` where there is no text.
  init?(_ text: String?, source: ImageTextPair.Source) {
    let collapsed = (text ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if collapsed.isEmpty { return nil }
    self.text = collapsed
    self.source = source
    words = collapsed.split(separator: " ")
  }

  /// The texts that a page gives an image, the caption first.
  ///
  /// A caption is written for all readers of a page, an alternative text often by a program.
  static func candidates(for image: ImageReference) -> [Caption] {
    [Caption(image.caption, source: .caption), Caption(image.alt, source: .alt)].compactMap(\.self)
  }
}

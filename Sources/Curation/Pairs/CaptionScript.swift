import Documents

/// Drops captions that are not written in the Latin script.
struct CaptionScript {
  var minimumLatinShare: Double?

  func refusal(of caption: Caption) -> Reason? {
    guard let minimumLatinShare else { return nil }
    var letters = 0
    var latin = 0
    for scalar in caption.text.unicodeScalars where scalar.properties.isAlphabetic {
      letters += 1
      if Self.isLatin(scalar) { latin += 1 }
    }
    let share = Double(latin) / Double(max(1, letters))
    return share < minimumLatinShare
      ? Reason(.captionInOtherScript, measured: share, threshold: minimumLatinShare) : nil
  }

  /// Whether a letter is of the Latin blocks: Basic to Extended-B, Additional, and full-width forms.
  private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x41...0x24F, 0x1E00...0x1EFF, 0xFF21...0xFF5A: true
    default: false
    }
  }
}

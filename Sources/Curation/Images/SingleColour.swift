import Documents

/// Drops images that show nothing but one colour (KOSMOS-1, B.1).
struct SingleColour {
  var isOn: Bool

  func refusal(of image: ResolvedImage) -> Reason? {
    isOn && image.isSingleColour ? Reason(.singleColour) : nil
  }
}

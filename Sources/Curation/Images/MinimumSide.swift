import Documents

/// Drops images that are too small to show something: spacers, bullets, icons (KOSMOS-1, B.1).
struct MinimumSide {
  var pixels: Int

  func refusal(of image: ResolvedImage) -> Reason? {
    let side = min(image.width, image.height)
    return side < pixels
      ? Reason(.imageTooSmall, measured: Double(side), threshold: Double(pixels)) : nil
  }
}

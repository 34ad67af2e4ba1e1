import Documents

/// Drops images that are larger than what pages show, such as scanned maps (OBELICS, appendix A.1).
struct MaximumSide {
  var pixels: Int?

  func refusal(of image: ResolvedImage) -> Reason? {
    guard let pixels else { return nil }
    let side = max(image.width, image.height)
    return side > pixels
      ? Reason(.imageTooBig, measured: Double(side), threshold: Double(pixels)) : nil
  }
}

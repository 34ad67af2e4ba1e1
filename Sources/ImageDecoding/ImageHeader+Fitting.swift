extension ImageHeader {
  /// The size, as shown, at which the longer side is `longestSide`; `nil` for an image that is no larger.
  ///
  /// The shorter side is rounded to whichever keeps the proportions better, as Pillow's
  /// `Image.thumbnail` does it, and is at least one pixel.
  func size(fitting longestSide: Int) -> (width: Int, height: Int)? {
    guard max(width, height) > longestSide else { return nil }
    let side = Double(longestSide)
    let proportion = Double(width) / Double(height)
    if proportion <= 1 {
      let exact = side * proportion
      return (Self.rounded(exact) { abs(proportion - $0 / side) }, longestSide)
    }
    let exact = side / proportion
    return (longestSide, Self.rounded(exact) { $0 == 0 ? 0 : abs(proportion - side / $0) })
  }

  /// The least share of the size, in eighths, that JPEG can be decoded at and that leaves at least twice
  /// the wanted size for the interpolation.
  func eighths(for size: (width: Int, height: Int)) -> Int {
    let wanted = 2 * max(size.width, size.height)
    return [1, 2, 4].first { (max(width, height) * $0 + 7) / 8 >= wanted } ?? 8
  }

  /// The whole number next to `exact` with the smaller error, and no less than 1.
  private static func rounded(_ exact: Double, error: (Double) -> Double) -> Int {
    let (below, above) = (exact.rounded(.down), exact.rounded(.up))
    return max(1, Int(error(below) <= error(above) ? below : above))
  }
}

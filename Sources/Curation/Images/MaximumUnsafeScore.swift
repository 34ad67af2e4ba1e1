import Documents

/// Drops images that the classifier takes for unsafe.
struct MaximumUnsafeScore {
  var maximum: Double?

  func refusal(of image: ResolvedImage) -> Reason? {
    guard let maximum, let score = image.unsafeScore, score > maximum else { return nil }
    return Reason(.unsafeImage, measured: score, threshold: maximum)
  }
}

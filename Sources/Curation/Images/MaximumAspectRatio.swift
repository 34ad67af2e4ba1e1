import Documents

/// Drops rules, banners and other strips, lying or standing.
struct MaximumAspectRatio {
  var ratio: Double?

  func refusal(of image: ResolvedImage) -> Reason? {
    guard let ratio else { return nil }
    let longer = Double(max(image.width, image.height))
    let measured = longer / Double(max(1, min(image.width, image.height)))
    return measured > ratio ? Reason(.imageTooLong, measured: measured, threshold: ratio) : nil
  }
}

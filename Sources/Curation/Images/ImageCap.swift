import Documents

/// Keeps the first images of a document (KOSMOS-1, B.1: at most five).
///
/// KOSMOS-1 does not say which five. The first are taken since a page shows what it is about first, and
/// since the choice is then plain from the page.
struct ImageCap {
  var maximum: Int?

  /// Judges an image by how many others of its document were kept before it.
  func refusal(afterKeeping count: Int) -> Reason? {
    guard let maximum, count >= maximum else { return nil }
    return Reason(.overImageCap, measured: Double(count + 1), threshold: Double(maximum))
  }
}

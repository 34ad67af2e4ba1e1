import Documents

/// Drops documents without an image that has text before or after it (KOSMOS-1, B.1: "pages that do not
/// have images interspersed in the text").
struct InterspersedImages {
  /// Judges what is left of a document; it has text, or ``MinimumWords`` dropped it.
  func refusal(ofImages count: Int) -> Reason? {
    count == 0 ? Reason(.noImages) : nil
  }
}

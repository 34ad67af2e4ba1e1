import Documents

/// Keeps the first of the images of a document that have the same bytes.
struct DuplicateImages {
  var isOn: Bool
  private var seen: Set<Digest> = []

  init(isOn: Bool) { self.isOn = isOn }

  /// Judges the next image in reading order that every other rule keeps.
  mutating func refusal(of image: ResolvedImage) -> Reason? {
    if !isOn || seen.insert(image.digest).inserted { return nil }
    return Reason(.duplicateImage, detail: image.digest.description)
  }
}

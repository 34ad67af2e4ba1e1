import Documents

/// Keeps the first of the images of a document that look alike.
///
/// mmc4 takes images for duplicates whose perceptual hashes are at most 5 bits apart
/// (<https://arxiv.org/abs/2304.06939>, §3). Drawings on white, such as screenshots of dialogs, can be as
/// close and differ in what they say.
struct NearDuplicateImages {
  var bits: Int?
  private var seen: [ResolvedImage] = []

  init(bits: Int?) { self.bits = bits }

  /// Judges the next image in reading order that every other rule keeps.
  mutating func refusal(of image: ResolvedImage) -> Reason? {
    guard let bits else { return nil }
    let hash = image.perceptualHash
    if let like = seen.first(where: { $0.perceptualHash.distance(to: hash) <= bits }) {
      return Reason(
        .nearDuplicateImage, measured: Double(like.perceptualHash.distance(to: hash)),
        threshold: Double(bits), detail: like.digest.description)
    }
    seen.append(image)
    return nil
  }
}

import Documents

/// Keeps the first of the pairs of a document with the same image bytes and caption.
struct DuplicatePairs {
  private struct Pair: Hashable {
    var image: Digest
    var caption: String
  }

  private var seen: Set<Pair> = []

  /// Judges the next pair in reading order that every other rule keeps.
  mutating func refusal(of caption: Caption, image: ResolvedImage) -> Reason? {
    let pair = Pair(image: image.digest, caption: caption.text.lowercased())
    return seen.insert(pair).inserted ? nil : Reason(.duplicatePair)
  }
}

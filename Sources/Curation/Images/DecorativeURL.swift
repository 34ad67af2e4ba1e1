import Documents

/// Drops images whose address says that they decorate, as mmc4 does.
struct DecorativeURL {
  var words: [String]

  func refusal(of image: ImageReference) -> Reason? {
    if words.isEmpty { return nil }
    let url = image.url.lowercased()
    return words.first { url.contains($0) }.map { Reason(.decorativeURL, detail: $0) }
  }
}

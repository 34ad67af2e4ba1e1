import Documents

/// Drops captions that are a file's name, which editors put in where an author writes nothing.
struct FileNameCaption {
  private static let extensions = [
    ".avif", ".bmp", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp",
  ]

  func refusal(of caption: Caption) -> Reason? {
    let end = caption.text.suffix(5).lowercased()
    return Self.extensions.first { end.hasSuffix($0) }.map {
      Reason(.fileNameCaption, detail: $0)
    }
  }
}

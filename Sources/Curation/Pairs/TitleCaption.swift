import Documents

/// Drops captions that repeat the page's title: they tell of the page and not of the image.
struct TitleCaption {
  var title: String?

  func refusal(of caption: Caption) -> Reason? {
    guard let title = Caption(title, source: .caption) else { return nil }
    return title.text.lowercased() == caption.text.lowercased() ? Reason(.titleCaption) : nil
  }
}

import Documents

/// Drops images that many pages of the run show: logos, badges, buttons, portraits of authors.
///
/// OBELICS removes those that its whole set shows more than ten times (appendix A.2). Documents are counted
/// here, after duplicates among them are gone, since a page that shows an image twice says nothing of it.
struct BoilerplateImage {
  var maximumPages: Int?

  func refusal(of image: ResolvedImage) -> Reason? {
    guard let maximumPages, let count = image.pageCount, count > maximumPages else { return nil }
    return Reason(.boilerplateImage, measured: Double(count), threshold: Double(maximumPages))
  }
}

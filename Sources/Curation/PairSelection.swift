import Documents

/// Makes the image-caption pairs of a document.
struct PairSelection {
  var configuration: CurationConfiguration
  var language: PageLanguage.Verdict
  var boilerplate: BoilerplateCaption
  /// Why no corpus takes anything of the page, if none does.
  var pageRefusal: Reason?

  /// One outcome for each image, in reading order.
  func pairs(
    of document: InterleavedDocument, images: [ContentSelection.KeptImage]
  ) -> [CuratedPair] {
    var duplicates = DuplicatePairs()
    return images.map { image in
      CuratedPair(
        ordinal: image.ordinal, decision: pair(image, of: document, duplicates: &duplicates))
    }
  }

  /// Takes the first text of an image that the rules keep; where they keep none, the reason is that
  /// of the first.
  private func pair(
    _ image: ContentSelection.KeptImage, of document: InterleavedDocument,
    duplicates: inout DuplicatePairs
  ) -> Decision<ImageTextPair> {
    var firstRefusal: Reason?
    for caption in Caption.candidates(for: image.reference) {
      let refusal =
        pageRefusal ?? language.refusal ?? refusal(of: caption, title: document.title)
        ?? duplicates.refusal(of: caption, image: image.resolved)
      guard let refusal else {
        return .kept(
          ImageTextPair(
            document: document.id, page: document.url, ordinal: image.ordinal,
            image: image.reference, caption: caption.text, source: caption.source))
      }
      firstRefusal = firstRefusal ?? refusal
    }
    return .dropped(firstRefusal ?? Reason(.noCaption))
  }

  private func refusal(of caption: Caption, title: String?) -> Reason? {
    let rules = configuration.pairs
    return AddressCaption().refusal(of: caption) ?? FileNameCaption().refusal(of: caption)
      ?? boilerplate.refusal(of: caption)
      ?? CaptionLength(rules: rules).refusal(of: caption)
      ?? TitleCaption(title: title).refusal(of: caption)
      ?? MaskedCaption().refusal(of: caption)
      ?? CaptionScript(minimumLatinShare: rules.minimumLatinShare).refusal(of: caption)
      ?? SpamText(thresholds: configuration.spam.node).refusal(of: TextMeasures(caption.text))
      ?? CaptionLanguage(
        rules: configuration.language, minimumLetterBytes: rules.minimumLetterBytes
      ).refusal(of: caption)
  }
}

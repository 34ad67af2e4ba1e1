import Curation
import Documents
import Testing

@Suite struct ImageRuleTests {
  /// What becomes of an image under some rules: the reason, or `nil` where it is kept.
  private func reason(
    _ image: ResolvedImage, _ change: (inout ImageRules) -> Void = { _ in }
  ) -> Reason? {
    var configuration = CurationConfiguration.standard
    change(&configuration.images)
    let page = Curator(configuration: configuration).curate(
      Page.document([Page.text(Page.english), Page.image("a"), Page.text(Page.english)])
    ) { _ in .kept(image) }
    #expect(page.counts.isBalanced)
    return page.droppedImages.first?.reason
  }

  @Test(arguments: [(64, 64, true), (63, 64, false), (64, 63, false), (1, 5_000, false)])
  func smallImagesAreDropped(width: Int, height: Int, isKept: Bool) {
    let reason = reason(Page.resolved(width: width, height: height))
    #expect(
      reason
        == (isKept
          ? nil
          : Reason(.imageTooSmall, measured: Double(min(width, height)), threshold: 64)))
  }

  @Test func singleColoursAreDropped() {
    let flat = Page.resolved(isSingleColour: true)
    #expect(reason(flat) == Reason(.singleColour))
    #expect(reason(flat) { $0.dropsSingleColour = false } == nil)
  }

  @Test(arguments: [(640, 100), (100, 640)])
  func stripsAreDroppedWhereTheRuleIsOn(width: Int, height: Int) {
    let strip = Page.resolved(width: width, height: height)
    #expect(reason(strip) == nil)
    #expect(reason(strip) { $0.maximumAspectRatio = 6.4 } == nil)
    #expect(
      reason(strip) { $0.maximumAspectRatio = 3 }
        == Reason(.imageTooLong, measured: 6.4, threshold: 3))
  }

  @Test func otherFormatsAreDroppedWhereSomeAreNamed() {
    let picture = Page.resolved(format: .gif)
    #expect(reason(picture) == nil)
    #expect(reason(picture) { $0.formats = [.jpeg, .gif] } == nil)
    #expect(
      reason(picture) { $0.formats = [.jpeg, .png] } == Reason(.otherFormat, detail: "gif"))
  }

  @Test(arguments: [(3_000, 100), (100, 3_000)])
  func bigImagesAreDroppedWhereTheRuleIsOn(width: Int, height: Int) {
    let big = Page.resolved(width: width, height: height)
    #expect(reason(big) == nil)
    #expect(reason(big) { $0.maximumSide = 3_000 } == nil)
    #expect(
      reason(big) { $0.maximumSide = 2_999 }
        == Reason(.imageTooBig, measured: 3_000, threshold: 2_999))
  }

  @Test func imagesOfManyPagesAreDropped() {
    #expect(reason(Page.resolved(pageCount: nil)) == nil)
    #expect(reason(Page.resolved(pageCount: 10)) == nil)
    #expect(
      reason(Page.resolved(pageCount: 11))
        == Reason(.boilerplateImage, measured: 11, threshold: 10))
    #expect(reason(Page.resolved(pageCount: 11)) { $0.maximumPages = nil } == nil)
  }

  @Test func theFirstOfThoseThatLookAlikeIsKept() {
    let hashes: [UInt64] = [0, 0b111, 0b11111, 0xff00, 0xff00]
    let nodes = hashes.indices.map { Page.image(String($0)) }
    func dropped(_ bits: Int?) -> [DroppedItem] {
      var configuration = CurationConfiguration.standard
      configuration.images.nearDuplicateBits = bits
      return Curator(configuration: configuration).curate(
        Page.document([Page.text(Page.english)] + nodes)
      ) { image in
        let number = Int(String(image.url.suffix(1))) ?? 0
        return .kept(Page.resolved(UInt8(number), hash: hashes[number]))
      }.droppedImages
    }
    #expect(dropped(nil).isEmpty)
    #expect(dropped(0).map(\.ordinal) == [4])
    #expect(dropped(3).map(\.ordinal) == [1, 4])
    #expect(dropped(5).map(\.ordinal) == [1, 2, 4])
    #expect(
      dropped(5)[1].reason
        == Reason(
          .nearDuplicateImage, measured: 5, threshold: 5,
          detail: Page.resolved(0).digest.description))
  }

  @Test(
    arguments: [
      (nil, nil, true), (nil, 0.0, true), (1.0, nil, true), (0.8, 0.8, true),
      (0.800001, 0.8, false),
      (0.000001, 0.0, false), (1.0, 1.0, true),
    ] as [(Double?, Double?, Bool)])
  func unsafeImagesAreDroppedWhereTheRuleIsOn(score: Double?, maximum: Double?, isKept: Bool) {
    var image = Page.resolved()
    image.unsafeScore = score
    #expect(
      reason(image) { $0.maximumUnsafeScore = maximum }
        == (isKept ? nil : Reason(.unsafeImage, measured: score, threshold: maximum)))
  }

  @Test func unresolvedImagesKeepTheirReason() {
    let missing = Reason(.init("imageNotInArchive"), detail: "https://example.test/a")
    let page = Curator().curate(
      Page.document([Page.text(Page.english), Page.image("a", alt: "A red fox in snow")])
    ) { _ in .dropped(missing) }
    #expect(
      page.droppedImages
        == [DroppedItem(ordinal: 0, path: "/html/body/img[a]", reason: missing)])
    #expect(page.pairs.isEmpty)
    #expect(page.interleaved.reason == Reason(.noImages))
    #expect(page.text.value != nil)
  }

  @Test func decorativeURLsAreDroppedUnresolvedWhereTheRuleIsOn() {
    var configuration = CurationConfiguration.standard
    configuration.images.urlWords = ImageRules.mmc4URLWords
    let document = Page.document([
      Page.text(Page.english), Page.image("LOGO-a"), Page.image("photo-b"),
    ])
    var resolved: [String] = []
    let page = Curator(configuration: configuration).curate(document) { image in
      resolved.append(image.url)
      return Page.resolveAll(image)
    }
    #expect(resolved == ["https://example.test/photo-b"])
    #expect(page.droppedImages.map(\.reason) == [Reason(.decorativeURL, detail: "logo")])
    #expect(Curator().curate(document, resolve: Page.resolveAll).droppedImages.isEmpty)
  }

  @Test func theFirstOfTheSameBytesIsKept() {
    let nodes = [Page.text(Page.english)] + ["a", "b", "a", "a", "b"].map { Page.image($0) }
    let page = Curator().curate(Page.document(nodes), resolve: Page.resolveAll)
    #expect(page.droppedImages.map(\.ordinal) == [2, 3, 4])
    #expect(page.droppedImages.allSatisfy { $0.reason.code == .duplicateImage })
    #expect(page.interleaved.value?.images.map(\.url.last) == ["a", "b"])
    var configuration = CurationConfiguration.standard
    configuration.images.dropsDuplicates = false
    let all = Curator(configuration: configuration).curate(
      Page.document(nodes), resolve: Page.resolveAll)
    #expect(all.droppedImages.isEmpty)
  }

  @Test func theFirstFiveThatSurviveAreKept() {
    let names = ["a", "b", "x", "c", "b", "d", "e", "f", "g"]
    let nodes = names.map { Page.image($0, alt: "A tool of number \($0)") }
    let page = Curator().curate(Page.document([Page.text(Page.english)] + nodes)) { image in
      image.url.last == "x" ? .kept(Page.resolved(width: 8, height: 8)) : Page.resolveAll(image)
    }
    #expect(page.interleaved.value?.images.map(\.url.last) == ["a", "b", "c", "d", "e"])
    #expect(page.droppedImages.map(\.ordinal) == [2, 4, 7, 8])
    #expect(
      page.droppedImages.map(\.reason.code)
        == [.imageTooSmall, .duplicateImage, .overImageCap, .overImageCap])
    #expect(page.droppedImages[2].reason.measured == 6)
    #expect(page.droppedImages[3].reason.measured == 7)
    #expect(page.droppedImages[3].reason.threshold == 5)
    #expect(page.pairs.map(\.ordinal) == [0, 1, 3, 5, 6, 7, 8])
    #expect(page.pairs.allSatisfy { $0.decision.value != nil })
  }

  @Test func withoutACapAllAreKept() {
    var configuration = CurationConfiguration.standard
    configuration.interleaved.maximumImages = nil
    let nodes = (0..<40).map { Page.image("\(Character(Unicode.Scalar(UInt8(48 + $0))))") }
    let page = Curator(configuration: configuration).curate(
      Page.document([Page.text(Page.english)] + nodes), resolve: Page.resolveAll)
    #expect(page.interleaved.value?.images.count == 40)
  }

  @Test func keptImagesAreResolved() {
    let page = Curator().curate(
      Page.document([Page.text(Page.english), Page.image("a"), Page.image("b")]),
      resolve: Page.resolveAll)
    let images = page.interleaved.value?.images ?? []
    #expect(images.map(\.resolved) == [Page.resolved(0x61), Page.resolved(0x62)])
  }
}

import Curation
import Documents
import Testing

/// Half of the documents with one image are discarded, by identity and seed alone.
@Suite struct SamplingTests {
  private func curator(seed: UInt64 = 0, discard: Double = 0.5) -> Curator {
    var configuration = CurationConfiguration.standard
    configuration.seed = seed
    configuration.interleaved.singleImageDiscard = discard
    // One word a page keeps a hundred thousand pages within the time of a test.
    configuration.interleaved.minimumWords = 1
    configuration.language.accepted = []
    return Curator(configuration: configuration)
  }

  /// Which of the numbered pages are kept.
  private func kept(_ numbers: Range<UInt64>, by curator: Curator) -> [Bool] {
    var document = Page.document([Page.text("word"), Page.image("a")])
    let resolved = Page.resolved()
    return numbers.map { number in
      document.id = Page.id(number)
      return curator.curate(document) { _ in .kept(resolved) }.interleaved.value != nil
    }
  }

  @Test func halfIsDiscarded() {
    let count = kept(0..<100_000, by: curator()).count { $0 }
    #expect((49_000...51_000).contains(count))
  }

  @Test func twoImagesAreKept() {
    let nodes = [Page.text("word"), Page.image("a"), Page.image("b")]
    for number in UInt64(0)..<200 {
      let page = curator().curate(Page.document(nodes, id: number), resolve: Page.resolveAll)
      #expect(page.interleaved.value != nil)
    }
  }

  @Test func shareAndSeedAreConfigurable() {
    let numbers = UInt64(0)..<2_000
    #expect(kept(numbers, by: curator(discard: 0)).allSatisfy { $0 })
    #expect(kept(numbers, by: curator(discard: 1)).allSatisfy { !$0 })
    let tenth = kept(numbers, by: curator(discard: 0.1)).count { !$0 }
    #expect((140...260).contains(tenth))
    let seeds = [UInt64(1), 2].map { kept(numbers, by: curator(seed: $0)) }
    let same = zip(seeds[0], seeds[1]).count { $0 == $1 }
    #expect((900...1_100).contains(same))
  }

  @Test func aLargerShareDiscardsTheSameAndMore() {
    let few = kept(0..<500, by: curator(discard: 0.3))
    let many = kept(0..<500, by: curator(discard: 0.6))
    #expect(zip(few, many).allSatisfy { $0 || !$1 })
  }

  @Test func reasonHoldsTheDrawnNumber() throws {
    let number = try #require(kept(0..<100, by: curator()).firstIndex(of: false))
    let reason = curator().curate(
      Page.document([Page.text("word"), Page.image("a")], id: UInt64(number)),
      resolve: Page.resolveAll
    ).interleaved.reason
    #expect(reason?.code == .singleImageDiscarded)
    #expect(reason?.threshold == 0.5)
    #expect(try #require(reason?.measured) < 0.5)
  }

  @Test func anImageThatIsDroppedIsNotCounted() {
    let numbers = UInt64(0)..<200
    let two = numbers.count { number in
      let nodes = [Page.text("word"), Page.image("a"), Page.image("small-b")]
      let page = curator()
        .curate(Page.document(nodes, id: number)) { image in
          image.url.contains("small")
            ? .kept(Page.resolved(width: 9, height: 9)) : Page.resolveAll(image)
        }
      return page.interleaved.value != nil
    }
    #expect((70...130).contains(two))
  }
}

import Curation
import Documents
import TestSupport
import Testing

/// Properties that hold for any page.
@Suite struct CuratorPropertyTests {
  private static let texts = [
    Page.english, Page.french, "", " ", "🎉🎉🎉", "#a #b", "https://example.com", "Short.", "\0",
    "日本語の文章です。", "\u{202E}reversed\u{301}", String(repeating: "long ", count: 300),
  ]
  private static let captions: [String?] = [
    nil, "", "A red fox in snow", "image", "fox.png", "The Toolbox", "<PERSON> smiles at us",
    "Снимок экрана с панелью",
  ]

  private static func randomPage(_ random: inout SeededGenerator, number: UInt64)
    -> InterleavedDocument
  {
    var nodes: [Node] = []
    for _ in 0..<Int.random(in: 0...14, using: &random) {
      let place = Int.random(in: 0..<100, using: &random)
      if place < 50 {
        let kind = TextNode.Kind.allCases[place % TextNode.Kind.allCases.count]
        nodes.append(Page.text(texts[place % texts.count], kind: kind))
      } else {
        let name = String(UnicodeScalar(UInt8(97 + place % 12)))
        nodes.append(
          Page.image(
            name, alt: captions[place % captions.count],
            caption: captions[place / 7 % captions.count]))
      }
    }
    return Page.document(nodes, id: number, language: number % 3 == 0 ? nil : "en")
  }

  static func resolve(_ image: ImageReference) -> Decision<ResolvedImage> {
    switch image.url.last {
    case "a": .dropped(Reason(.init("imageNotInArchive")))
    case "b": .kept(Page.resolved(2, width: 10))
    case "c": .kept(Page.resolved(3, isSingleColour: true))
    default: .kept(Page.resolved(image.url.utf8.last ?? 0))
    }
  }

  static let pages: [InterleavedDocument] = {
    var random = SeededGenerator(seed: 5)
    return (0..<250).map { randomPage(&random, number: $0) }
  }()

  @Test func everythingIsKeptOrHasAReason() {
    for document in Self.pages {
      let page = Curator().curate(document, resolve: Self.resolve)
      #expect(page.counts.isBalanced)
      #expect(page.counts[.image].entered == document.images.count)
      #expect(page.counts[.node].entered == document.texts.count)
      #expect(page.counts[.interleaved].entered == 1)
      #expect(page.counts[.text].entered == 1)
      #expect(page.counts[.pair].entered == page.pairs.count)
      #expect(page.counts[.image].kept + page.droppedImages.count == document.images.count)
      #expect(page.counts[.node].kept + page.droppedNodes.count == document.texts.count)
      let cut = page.droppedImages.count { $0.reason.code == .overImageCap }
      #expect(page.pairs.count == page.counts[.image].kept + cut)
      if let kept = page.interleaved.value {
        #expect((1...5).contains(kept.images.count))
        #expect(kept.images.allSatisfy { $0.resolved != nil })
        #expect(kept.nodes.count == page.counts[.image].kept + page.counts[.node].kept)
      }
      if let kept = page.text.value { #expect(kept.images.isEmpty) }
    }
  }

  @Test func ordinalsNameTheItemsThatWereDropped() {
    for document in Self.pages {
      let page = Curator().curate(document, resolve: Self.resolve)
      for item in page.droppedImages { #expect(document.images[item.ordinal].path == item.path) }
      for item in page.droppedNodes { #expect(document.nodes[item.ordinal].path == item.path) }
      for pair in page.pairs {
        guard let value = pair.decision.value else { continue }
        #expect(document.images[pair.ordinal].url == value.image.url)
      }
      #expect(page.droppedImages.map(\.ordinal) == page.droppedImages.map(\.ordinal).sorted())
    }
  }

  @Test func theOrderOfPagesChangesNothing() {
    let curator = Curator()
    let forward = Self.pages.map { curator.curate($0, resolve: Self.resolve) }
    var random = SeededGenerator(seed: 9)
    let shuffled = Self.pages.shuffled(using: &random)
      .map { Curator().curate($0, resolve: Self.resolve) }
    let byID = Dictionary(uniqueKeysWithValues: shuffled.map { ($0.id, $0) })
    for page in forward { #expect(byID[page.id] == page) }
  }

  @Test func aKeptDocumentIsKeptAgain() {
    var configuration = CurationConfiguration.standard
    // The texts of dropped images can be what tells a page's language.
    configuration.language.accepted = []
    let curator = Curator(configuration: configuration)
    for document in Self.pages {
      guard let kept = curator.curate(document, resolve: Self.resolve).interleaved.value else {
        continue
      }
      let again = curator.curate(kept) { image in
        image.resolved.map { .kept($0) } ?? .dropped(Reason(.noImages))
      }
      #expect(again.interleaved.value?.nodes == kept.nodes)
      #expect(again.droppedImages.isEmpty && again.droppedNodes.isEmpty)
    }
  }

  @Test func eachImageIsResolvedOnce() {
    for document in Self.pages {
      var asked: [ImageReference] = []
      _ = Curator().curate(document) { image in
        asked.append(image)
        return Self.resolve(image)
      }
      #expect(asked == document.images)
    }
  }
}

import Documents
import ExampleRuns
import Foundation
import Testing

@testable import Inspection

@Suite struct ViewTests {
  let example: ExampleRun
  let run: InspectedRun

  init() throws {
    example = try InspectionTests.example.get()
    run = try InspectedRun(example.path)
  }

  @Test func aDocumentShowsItsNodesAndImagesInOrder() throws {
    let id = example.documents[5].id
    let view = try run.document(id)
    #expect(view.document == example.documents[5])
    #expect(view.images.map(\.name) == ["\(id).0.png"])
    let text = view.text()
    let places = ["heading 1", "/html/body/p[1]", "\(id).0.png", "code", "imageNotFound"].map {
      text.range(of: $0)?.lowerBound
    }
    #expect(!places.contains(nil))
    #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    #expect(try run.document(id, corpus: .text).document?.images.isEmpty == true)
  }

  @Test func hostileTextIsMadeVisible() throws {
    let text = try run.document(example.documents[3].id).text()
    #expect(text.contains("<script>alert"))
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test func anUnknownDocumentIsNamed() throws {
    let id = try #require(DocumentID(bytes: [UInt8](repeating: 7, count: 16)))
    #expect(throws: InspectionError.self) { try run.document(id) }
  }

  @Test(arguments: Corpus.crawled)
  func aSequenceCoversItsTokens(corpus: Corpus) throws {
    let view = try run.sequence(corpus, shard: 0, sequence: 0)
    #expect(view.items.reduce(0) { $0 + $1.length } == view.length)
    #expect(view.items.first?.piece == "<s>")
    #expect(view.runs.allSatisfy { $0.url?.hasPrefix("https://example.org/") == true })
    #expect(view.targets > 0)
    let images = view.items.filter { $0.image != nil }
    #expect(images.count == view.images.count)
    #expect(images.allSatisfy { $0.length == ExampleRun.latents + 2 && !$0.isTarget })
    #expect(corpus == .text ? images.isEmpty : corpus != .pairs || images.count == 1)
    let text = view.text(TextStyle(width: 80))
    #expect(text.contains("▔"))
    #expect(text.contains("[image 0: 6 positions]") == !images.isEmpty)
    #expect(try JSONEncoder().encode(view).count > 100)
  }
}

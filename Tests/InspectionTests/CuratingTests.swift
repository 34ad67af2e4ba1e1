import Curation
import Documents
import ExampleRuns
import Inspection
import Provenance
import Testing

/// What was dropped, and what two sets of rules disagree on.
@Suite struct CuratingTests {
  private static let id = DocumentID(bytes: Array(0..<16))

  private static func document() throws -> InterleavedDocument {
    let text = "The loom has a shuttle, and the weaver throws it from side to side all day long."
    let node = { (text: String) in Node.text(TextNode(text: text, path: "/html/body/p[1]")) }
    let image = ImageReference(
      url: "http://a.test/logo.png", alt: "A loom in the corner of a room",
      path: "/html/body/img[1]")
    return InterleavedDocument(
      id: try #require(id), url: "http://a.test/\u{1B}[31m",
      nodes: [
        node(text), .image(image), node(text), node("Short"),
      ])
  }

  private static func page(_ change: (inout CurationConfiguration) -> Void) throws -> CuratedPage {
    var rules = CurationConfiguration.standard
    rules.interleaved.singleImageDiscard = 0
    rules.text.minimumWords = 0
    change(&rules)
    let record = try #require(id)
    let digest = try #require(Digest(bytes: [UInt8](repeating: 1, count: 32)))
    let image = ResolvedImage(
      digest: digest, format: .png, width: 100, height: 90, byteCount: 9, isSingleColour: false,
      perceptualHash: PerceptualHash(bits: 0), record: record,
      location: RecordLocation(
        input: 0, memberOffset: 0, memberLength: 0, recordOffset: 0, recordLength: 1))
    return Curator(configuration: rules).curate(try document()) { _ in .kept(image) }
  }

  @Test func disagreementsAreCountedByReason() throws {
    let first = try Self.page { $0.images.urlWords = ["logo"] }
    let second = try Self.page {
      $0.node[.minimumWords] = 4
      $0.gopher[.minimumWords] = 1_000
    }
    var comparison = CurationComparison(first: "one", second: "two", examplesPerReason: 1)
    comparison.add(try Self.document(), first, second)
    var other = CurationComparison(first: "one", second: "two", examplesPerReason: 1)
    other.add(try Self.document(), first, second)
    comparison.add(other)
    let units = comparison.units
    #expect(units["interleaved"]?.neither == 2)
    #expect(units["text"]?.onlyFirst == ["tooFewWords": 2])
    #expect(units["image"]?.onlySecond == ["decorativeURL": 2])
    #expect(units["pair"]?.onlySecond == ["decorativeURL": 2])
    #expect(units["node"]?.both == 4 && units["node"]?.onlyFirst == ["tooFewWords": 2])
    #expect(comparison.examples.count == 4)
    let text = comparison.text(TextStyle(width: 100))
    #expect(text.contains("two drops for tooFewWords"))
    #expect(text.contains("tooFewWords measured 1.0 threshold 4.0"))
    #expect(!text.contains("\u{1B}"))
    var same = CurationComparison(first: "one", second: "one")
    same.add(try Self.document(), first, first)
    #expect(same.examples.isEmpty)
    #expect(same.units.values.allSatisfy { $0.onlyFirst.isEmpty && $0.onlySecond.isEmpty })
  }

  @Test func droppedThingsAreShownWithTheirReason() throws {
    let example = try ExampleRun()
    let run = try InspectedRun(example.path)
    let codes = try run.ledger.funnel().flatMap { stage in
      stage.counts.tallies.filter {
        $0.key == "interleaved" || $0.key == "node" || $0.key == "image"
      }
      .values.flatMap(\.dropped.keys)
    }
    let code = try #require(codes.sorted().first)
    let found = try run.dropped(Reason.Code(code), count: 3)
    #expect(found.examples.count == min(3, found.count) && found.count > 0)
    #expect(Set(found.examples.map(\.decision)).count == found.examples.count)
    #expect(found.examples.allSatisfy { $0.decision.reason.code.rawValue == code })
    #expect(found.text(TextStyle(width: 80)).contains(code))
    #expect(try run.dropped(Reason.Code(code), count: 10_000).examples.count == found.count)
  }

  @Test func aReasonThatDroppedNothingNamesThoseThatDid() throws {
    let example = try ExampleRun()
    let run = try InspectedRun(example.path)
    let error = #expect(throws: InspectionError.self) {
      try run.dropped(Reason.Code("noSuchReason"), count: 3)
    }
    #expect(error?.message.contains("nothing was dropped for 'noSuchReason'") == true)
  }
}

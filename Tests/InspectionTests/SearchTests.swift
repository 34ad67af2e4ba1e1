import Documents
import ExampleRuns
import Testing

@testable import Inspection
@testable import Provenance

@Suite struct SearchTests {
  let run: InspectedRun

  init() throws { run = try InspectedRun(example.get().path) }

  /// All words must be there, in any case and order, anywhere in title or text.
  @Test(arguments: [
    ("number 7", 1), ("NUMBER weaver", 24), ("<script>", 1), ("page takes", 24), ("zyzzyva", 0),
    ("", 0),
    ("second line of code", 24), ("number nothing", 0),
  ])
  func documentsAreFoundByTheirWords(_ text: String, _ count: Int) throws {
    for corpus in [Corpus.text, .interleaved] {
      var search = CorpusSearch(corpus, for: text)
      search.limit = 100
      search.time = .seconds(60)
      let stretch = try run.search(search)
      // "number 7" is in "number 17" as well.
      let hits = text == "number 7" ? stretch.hits.filter { $0.title == "Page 7 " } : stretch.hits
      #expect(hits.count == count, "\(text)")
      #expect(stretch.seen == ExampleRun.pageCount && stretch.next == nil)
    }
  }

  @Test func anExcerptIsTheTextAroundTheFirstWord() throws {
    let hit = try #require(run.search(CorpusSearch(.pairs, for: "NUMBER picture")).hits.first)
    #expect(hit.excerpt.prefix(2) == ["a ", "picture"])
    #expect(hit.excerpt[2].hasPrefix(" of number"))
    #expect(hit.image != nil)
    let long = WordTest(["needle"]).excerpt(of: String(repeating: "é", count: 500) + " Needle.")
    #expect(long?[0].count == 91 && long?[0].hasPrefix("…é") == true)
    #expect(long.map { Array($0.dropFirst()) } == ["Needle", "."])
  }

  /// Stretches of any length find the same, each thing once.
  @Test(arguments: [1, 2, 5, 24]) func stretchesFollowEachOther(_ limit: Int) throws {
    var search = CorpusSearch(.text, for: "weaver")
    search.limit = limit
    search.time = .seconds(60)
    var found: [DocumentID] = []
    var place: CorpusSearch.Place? = CorpusSearch.Place()
    while let start = place {
      let stretch = try run.search(search, from: start)
      #expect(stretch.hits.count <= limit)
      found += stretch.hits.map(\.document)
      place = stretch.next
    }
    #expect(found.count == ExampleRun.pageCount && Set(found).count == found.count)
  }

  @Test func aStretchEndsWithItsTime() throws {
    var search = CorpusSearch(.text, for: "zyzzyva")
    search.time = .zero
    let stretch = try run.search(search)
    #expect(stretch.seen == 0 && stretch.next == CorpusSearch.Place())
  }

  /// What is passed over unread never holds the words.
  @Test(arguments: ["a\"b", "straße", "漢字", "x/y", "Ünï", "tab\tbed"])
  func nothingIsPassedOverThatMatches(_ text: String) throws {
    let test = WordTest(CorpusSearch(.text, for: text).words)
    let escaped = text.replacing("\"", with: "\\\"").replacing("/", with: "\\/")
      .replacing("\t", with: "\\t")
    #expect(test.mayMatch(Array("{\"text\":\"\(escaped)\"}".utf8)))
  }
}

@Suite struct AnnotatedDocumentTests {
  private static let id = DocumentID(String(repeating: "ab", count: 16))

  private static func text(_ text: String, _ path: String) -> Node {
    .text(TextNode(text: text, path: path))
  }

  private static func dropped(_ path: String?, _ code: String) throws -> StageDecision {
    StageDecision(
      stage: .curate,
      decision: DecisionRow(
        unit: .node, subject: .record(try #require(id)), path: path,
        reason: Reason(Reason.Code(code))))
  }

  private static func view(_ kept: [Node]?, _ decisions: [StageDecision]) throws -> DocumentView {
    let id = try #require(id)
    let row = DocumentRow(
      id: id, url: "http://a/", domain: "a", title: nil, language: nil, nodes: 0, images: 0,
      characters: 0)
    return DocumentView(
      row: row, document: kept.map { InterleavedDocument(id: id, url: "http://a/", nodes: $0) },
      images: [],
      entries: [], segments: [], decisions: decisions)
  }

  @Test func whatWasDroppedStandsInItsPlace() throws {
    let reasons = [
      try Self.dropped("/b", "tooShort"), try Self.dropped(nil, "whole"),
      try Self.dropped("/c", "lines"),
    ]
    let kept = [Self.text("one", "/a"), Self.text("three", "/c")]
    let extracted = [
      Self.text("one", "/a"), Self.text("two", "/b"), Self.text("three\nfour", "/c"),
    ]
    let document = AnnotatedDocument(try Self.view(kept, reasons), extracted: extracted)
    #expect(document.items.map(\.isKept) == [true, false, true])
    #expect(document.items.map(\.isChanged) == [false, false, true])
    #expect(
      document.items.map { $0.decisions.map(\.decision.reason.code.rawValue) } == [
        [], ["tooShort"], ["lines"],
      ])
    #expect(document.others.map(\.decision.reason.code.rawValue) == ["whole"])
    #expect(document.items[2].node == kept[1])
  }

  @Test func aDocumentOfNoCorpusIsAllDropped() throws {
    let extracted = [Self.text("one", "/a"), Self.text("two", "/a")]
    let document = AnnotatedDocument(
      try Self.view(nil, [try Self.dropped("/a", "tooShort")]), extracted: extracted)
    #expect(document.items.map(\.isKept) == [false, false])
    #expect(document.items.map(\.decisions.count) == [1, 0] && document.others.isEmpty)
  }

  @Test func nodesThatWereNotExtractedAreShownToo() throws {
    let kept = [Self.text("one", "/x")]
    let document = AnnotatedDocument(try Self.view(kept, []), extracted: [])
    #expect(document.items.map(\.node) == kept && document.items.map(\.isKept) == [true])
  }
}

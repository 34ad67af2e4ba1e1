import Documents
import Foundation
import Testing

/// The hand-written form of a document is that of its `Codable` conformance.
struct DocumentJSONTests {
  private static let id = RecordID(bytes: 0..<16)

  private func document(_ nodes: [Node], title: String? = nil) throws -> InterleavedDocument {
    InterleavedDocument(
      id: try #require(Self.id), url: "https://example.com/a?b=c&d", title: title, nodes: nodes)
  }

  private func expectSame(_ document: InterleavedDocument) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let expected = String(decoding: try encoder.encode(document), as: UTF8.self)
    #expect(String(decoding: document.json, as: UTF8.self) == expected)
  }

  @Test("every ASCII character, alone and between others", arguments: 0..<128 as Range<UInt8>)
  func ascii(byte: UInt8) throws {
    let character = String(Unicode.Scalar(byte))
    for text in [character, "a\(character)b", "\(character)\(character)", "é\(character)"] {
      try expectSame(try document([.text(TextNode(text: text, path: "/"))], title: text))
    }
  }

  @Test(arguments: [
    "", "naïve", "\u{2028}\u{2029}", "😀 \u{10FFFF}", "\u{7F}\u{80}\u{FEFF}", "</script>", "\r\n",
    "e\u{301}", "[{,:}]", "ends with a comma,", "{",
  ])
  func text(_ text: String) throws {
    try expectSame(try document([.text(TextNode(text: text, path: text))], title: text))
  }

  @Test(arguments: TextNode.Kind.allCases, [nil, 0, 6, -1])
  func kinds(_ kind: TextNode.Kind, level: Int?) throws {
    try expectSame(
      try document([.text(TextNode(text: "x", kind: kind, level: level, path: "/"))]))
  }

  @Test func optionalFields() throws {
    var whole = try document([], title: "t")
    try expectSame(whole)
    whole.language = "en-GB"
    whole.canonicalURL = "https://example.com/"
    whole.optOuts = [.noai, .tdmReservation]
    whole.published = "2020-02-29"
    whole.modified = "2020-03-01T00:00:00Z"
    try expectSame(whole)
    whole.title = nil
    try expectSame(whole)
  }

  @Test("images with and without what is known of them") func images() throws {
    let bare = ImageReference(url: "https://example.com/1.png", path: "/html/body/img[1]")
    var full = bare
    full.alt = "a \"quoted\" text"
    full.caption = "Café"
    full.width = 640
    full.height = 480
    var resolved = full
    resolved.resolved = ResolvedImage(
      digest: try #require(Digest(bytes: 0..<32)), format: .jpeg, width: 1, height: 2, byteCount: 3,
      isSingleColour: true, perceptualHash: PerceptualHash(bits: 0xf0),
      record: try #require(Self.id),
      location: RecordLocation(
        input: 4, memberOffset: 5, memberLength: 6, recordOffset: 7, recordLength: 8))
    var counted = resolved
    counted.resolved?.pageCount = 12
    counted.resolved?.stored = StoredImage(
      digest: try #require(Digest(bytes: 1..<33)), format: .jpeg, width: 5, height: 6,
      byteCount: 7)
    for images in [[bare], [full], [resolved], [counted], [bare, full, resolved, counted]] {
      try expectSame(try document(images.map(Node.image)))
    }
    for score in [0, 1, 0.5, 0.000_001, 0.123_456, 1e-300] {
      resolved.resolved?.unsafeScore = score
      try expectSame(try document([.image(resolved)]))
    }
    let text = Node.text(TextNode(text: "between", path: "/"))
    try expectSame(try document([.image(bare), text, .image(resolved), text]))
  }
}

import Documents
import Foundation
import Testing

/// `schemas/v1-document.json` against what documents are written as.
@Suite struct DocumentSchemaTests {
  private let schema: [String: Any] = {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let data = FileManager.default.contents(atPath: "/\(root)/schemas/v1-document.json") ?? Data()
    return (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] ?? [:]
  }()

  private static let record = RecordID(bytes: [UInt8](repeating: 1, count: 16))

  private static func image() throws -> ImageReference {
    let record = try #require(record)
    let digest = try #require(Digest(bytes: [UInt8](repeating: 2, count: 32)))
    var image = ImageReference(
      url: "https://a.test/b.png", alt: "a", caption: "b", width: 1, height: 2, path: "/html",
      resolved: ResolvedImage(
        digest: digest, format: .png, width: 1, height: 2, byteCount: 3, isSingleColour: false,
        perceptualHash: PerceptualHash(bits: 7), record: record,
        location: RecordLocation(
          input: 0, memberOffset: 0, memberLength: 1, recordOffset: 0, recordLength: 1)))
    image.resolved?.pageCount = 3
    image.resolved?.stored = StoredImage(
      digest: digest, format: .jpeg, width: 1, height: 2, byteCount: 2)
    return image
  }

  private func object(of value: some Encodable) throws -> [String: Any] {
    let data = try JSONEncoder().encode(value)
    return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func definition(_ name: String) throws -> [String: Any] {
    try #require((schema["$defs"] as? [String: [String: Any]])?[name])
  }

  /// The schema names each key that is written, and asks for those that always are.
  private func check(_ schema: [String: Any], full: [String: Any], least: [String: Any]?) throws {
    let properties = try #require(schema["properties"] as? [String: Any])
    #expect(Set(properties.keys) == Set(full.keys))
    let required = try #require(schema["required"] as? [String])
    if let least { #expect(Set(required) == Set(least.keys)) }
  }

  @Test func documentsAreAsTheSchemaSays() throws {
    let id = try #require(Self.record)
    let full = InterleavedDocument(
      id: id, url: "https://a.test/", title: "t", language: "en", canonicalURL: "https://a.test/",
      published: "2020-02-29", modified: "2020-03-01T00:00:00Z", optOuts: [.noai], nodes: [])
    let least = InterleavedDocument(id: id, url: "https://a.test/", nodes: [])
    try check(schema, full: object(of: full), least: object(of: least))
  }

  @Test func nodesAreAsTheSchemaSays() throws {
    let text = Node.text(TextNode(text: "t", kind: .heading, level: 1, path: "/html"))
    let plain = Node.text(TextNode(text: "t", path: "/html"))
    try check(definition("text"), full: object(of: text), least: object(of: plain))
    let image = try Node.image(Self.image())
    let bare = Node.image(ImageReference(url: "https://a.test/b.png", path: "/html"))
    try check(definition("image"), full: object(of: image), least: object(of: bare))
    var resolved = try #require(Self.image().resolved)
    resolved.unsafeScore = 0.5
    var least = resolved
    least.pageCount = nil
    least.stored = nil
    least.unsafeScore = nil
    try check(definition("resolved"), full: object(of: resolved), least: object(of: least))
    let stored = try object(of: #require(resolved.stored))
    try check(definition("stored"), full: stored, least: stored)
  }

  @Test func namesAreAsTheSchemaSays() throws {
    func names(_ definition: String, _ property: String) throws -> [String] {
      let properties = try #require(self.definition(definition)["properties"] as? [String: Any])
      return try #require((properties[property] as? [String: Any])?["enum"] as? [String])
    }
    let optOuts = (schema["properties"] as? [String: [String: Any]])?["optOuts"]
    let items = try #require(optOuts?["items"] as? [String: Any])
    #expect(items["enum"] as? [String] == OptOut.allCases.map(\.rawValue))
    #expect(try names("text", "kind") == TextNode.Kind.allCases.map(\.rawValue))
    #expect(try names("resolved", "format") == ResolvedImage.Format.allCases.map(\.rawValue))
  }
}

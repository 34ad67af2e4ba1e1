import Compression
import Documents
import Foundation
import Hashing
import Sharding
import Storage
import TestSupport
import Testing

@testable import Inspection

/// Corpora in the shapes of published ones: their fields, images that are where the lines say, bytes.
@Suite struct ExportTests {
  let example: ExampleRun
  private let place = TemporaryDirectory()

  init() throws { example = try InspectionTests.example.get() }

  private func lines(
    _ corpus: Corpus, _ shape: ExportShape, name: String = "out.jsonl"
  ) throws -> [[String: Any]] {
    let path = place.file(name)
    let counts = try InspectedRun(example.path).export(corpus, as: shape, to: path)
    #expect(counts.documents == ExampleRun.pageCount)
    #expect(counts.images == (corpus == .text ? 0 : ExampleRun.pageCount))
    return try text(path).split(separator: "\n").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  private func text(_ path: String) throws -> String {
    let bytes = try FileSystem.read(path)
    if path.hasSuffix(".gz") {
      return String(
        decoding: CompressionFormat.gzip.decompress(bytes, limit: 1 << 24).bytes, as: UTF8.self)
    }
    if path.hasSuffix(".zst") {
      return String(
        decoding: CompressionFormat.zstd.decompress(bytes, limit: 1 << 24).bytes, as: UTF8.self)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The digest of the file that a line says an archive holds.
  private func digest(of member: String, in archive: String) throws -> String? {
    var reader = try TarReader(path: example.paths.path(archive))
    while let entry = try reader.next() {
      if entry.name == member { return Digest(of: reader.bytes(of: entry)).description }
    }
    return nil
  }

  @Test func mmc4NamesTextsAndTheImagesBeforeThem() throws {
    for (line, document) in zip(try lines(.interleaved, .mmc4), example.documents) {
      #expect(line["url"] as? String == document.url)
      #expect(line["text_list"] as? [String] == document.texts.map(\.text))
      let images = try #require(line["image_info"] as? [[String: Any]])
      // The image that was not found has no file; the other stands before the third text.
      #expect(images.map { $0["raw_url"] as? String } == [document.images[1].url])
      #expect(images.map { $0["matched_text_index"] as? Int } == [2])
      let member = try #require(images.first?["image_name"] as? String)
      let archive = try #require(line["archive"] as? String)
      #expect(try digest(of: member, in: archive) == images.first?["sha256"] as? String)
    }
  }

  @Test func aLastImageBelongsToTheLastText() throws {
    let resolved = example.documents[0].images[1].resolved
    let image = Node.image(ImageReference(url: "http://a.test/i", path: "/i", resolved: resolved))
    let words = Node.text(TextNode(text: "a", path: "/a"))
    let cases: [([Node], [Int?])] = [
      ([words, image], [0]), ([image, words], [0]), ([words, words, image, image], [1, 1]),
      ([image], [nil]), ([words, image, words, image], [1, 1]),
    ]
    for (nodes, expected) in cases {
      let document = InterleavedDocument(
        id: example.documents[0].id, url: "http://a.test/", nodes: nodes)
      let line = MMC4Line(ExportedDocument(document, key: "k", archive: "a"))
      #expect(line.image_info.map(\.matched_text_index) == expected)
    }
  }

  @Test func obelicsHasOneOfTextAndImageAtEachPlace() throws {
    for (line, document) in zip(try lines(.interleaved, .obelics), example.documents) {
      let texts = try #require(line["texts"] as? [Any])
      let images = try #require(line["images"] as? [Any])
      #expect(texts.compactMap { $0 as? String } == document.texts.map(\.text))
      #expect(images.compactMap { $0 as? String } == [document.images[1].url])
      #expect(zip(texts, images).allSatisfy { ($0 is NSNull) != ($1 is NSNull) })
      let facts = try object(line["metadata"]) as? [Any] ?? []
      #expect(facts.count == texts.count)
      let image = try #require(facts[2] as? [String: Any])
      #expect(image["document_url"] as? String == document.url)
      #expect(image["alt_text"] as? String == document.images[1].alt)
      let archive = try #require(image["archive"] as? String)
      let member = try #require(image["member"] as? String)
      #expect(try digest(of: member, in: archive) == image["sha256"] as? String)
      let general = try #require(try object(line["general_metadata"]) as? [String: Any])
      #expect(general["url"] as? String == document.url)
      #expect(general["warc_filename"] as? String == "crawl.warc")
      #expect(general["warc_record_offset"] is Int && general["warc_record_length"] is Int)
    }
  }

  private func object(_ text: Any?) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(try #require(text as? String).utf8))
  }

  @Test func pairsAndTextsTakeTheSameShapes() throws {
    let pair = try #require(try lines(.pairs, .obelics).first)
    #expect((pair["images"] as? [Any])?.count == 2 && (pair["images"] as? [Any])?[1] is NSNull)
    #expect(try #require(try lines(.text, .mmc4).first)["image_info"] as? [Int] == [])
  }

  @Test(arguments: [ExportShape.mmc4, .obelics])
  func theSameRunGivesTheSameLinesHoweverCompressed(shape: ExportShape) throws {
    let names = ["a.jsonl", "b.jsonl", "a.jsonl.gz", "a.jsonl.zst"]
    for name in names { _ = try lines(.interleaved, shape, name: name) }
    #expect(try Set(names.map { try text(place.file($0)) }).count == 1)
  }

  @Test func aCorpusThatIsNotThereIsSaid() throws {
    let path = try example.copy(to: place)
    try Directory.remove(path + "/corpus/pairs")
    #expect(throws: InspectionError.self) {
      try InspectedRun(path).export(.pairs, as: .mmc4, to: place.file("none.jsonl"))
    }
    #expect(!FileSystem.isFile(place.file("none.jsonl")))
  }
}

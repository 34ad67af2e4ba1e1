import Documents
import TestSupport

@testable import Deduplication

/// Documents of made-up words, and searches over them.
struct DocumentSet {
  var signatures: [DocumentSignature] = []
  var rules = DeduplicationConfiguration()

  /// An identity made of a number.
  static func id(_ number: Int) -> DocumentID {
    let low = SeededHash.finish(UInt64(number) &+ 1)
    let bytes = (0..<16).map { UInt8(truncatingIfNeeded: low >> UInt64($0 % 8 * 8)) }
    guard let id = DocumentID(bytes: bytes) else { preconditionFailure("16 bytes") }
    return id
  }

  /// Random words of letters alone, since all digits are one number.
  static func letters(
    _ count: Int, _ generator: inout some RandomNumberGenerator
  ) -> [String] {
    (0..<count).map { _ in
      var bits = UInt64.random(in: .min ... .max, using: &generator)
      let scalars = (0..<12).map { _ -> Unicode.Scalar in
        defer { bits /= 26 }
        return Unicode.Scalar(UInt8(ascii: "a") + UInt8(bits % 26))
      }
      return String(String.UnicodeScalarView(scalars))
    }
  }

  /// Adds a document of a text.
  mutating func add(
    _ text: String, rank: UInt32 = 0, url: String? = nil, images: String? = nil,
    host: String? = nil, shows: [String] = [], paragraphs: [String] = []
  ) {
    let words = WordHashes(text)
    let shingles = Shingles(words, length: rules.near.shingle)
    let minHash = MinHash(bands: rules.near.bands, rows: rules.near.rows)
    signatures.append(
      DocumentSignature(
        id: Self.id(signatures.count), rank: rank, url: url.map(DocumentSignature.hash) ?? 0,
        text: words.values.count < rules.near.shingle ? 0 : words.digest,
        images: images.map(DocumentSignature.hash) ?? 0,
        host: host.map(DocumentSignature.hash) ?? 0,
        imageMask: DocumentSignature.imageMask(of: shows), shingles: shingles,
        bands: shingles.values.isEmpty ? [] : minHash.signature(of: shingles),
        paragraphs: paragraphs.enumerated().map {
          .init(key: DocumentSignature.hash($0.element), node: UInt32($0.offset))
        }))
  }

  /// Searches the documents, divided into parts by their places.
  ///
  /// - Returns: What was found, by identity.
  func search(
    parts: [[Int]]? = nil, memoryBytes: Int = 1 << 20,
    division: (ranges: Int, entries: Int) = (1, 1 << 20)
  ) throws -> (documents: [DocumentID: Reason], blocks: [DocumentID: [Int]]) {
    let directory = TemporaryDirectory()
    let parts = parts ?? [Array(signatures.indices)]
    var files: [String] = []
    for (part, places) in parts.enumerated() {
      let path = directory.file("part-\(part).bin")
      var writer = SignatureWriter(path: path, bands: rules.near.bands)
      for place in places { writer.add(signatures[place]) }
      try writer.commit()
      files.append(path)
    }
    var search = try DuplicateSearch(
      files, rules: rules, scratch: directory.file("scratch"), memoryBytes: memoryBytes)
    (search.ranges, search.entries) = division
    let found = try search.run()
    var documents: [DocumentID: Reason] = [:]
    var blocks: [DocumentID: [Int]] = [:]
    for (places, duplicates) in zip(parts, found) {
      for document in duplicates.documents {
        documents[signatures[places[document.index]].id] = document.reason
      }
      for block in duplicates.blocks {
        blocks[signatures[places[block.index]].id, default: []].append(block.node)
      }
    }
    return (documents, blocks)
  }
}

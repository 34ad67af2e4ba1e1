import Documents
import Hashing
import Storage
import TestSupport
import Testing

@testable import Sharding

/// Ranges of a corpus's documents, packed on their own, are the corpus.
struct DocumentRangeTests {
  private static let counts = [1, 2, 3, 7]
  private let directory = TemporaryDirectory()

  private func parts(_ corpus: Corpus) throws -> [TokenizedPart] {
    var generator = SeededGenerator(seed: 4)
    return try (0..<4).map { part in
      var writer = TokenizedPartWriter(corpus: corpus, tokenizer: Samples.digest(1000))
      for number in part * 20..<part * 20 + 20 {
        // Two pairs of each page.
        let document =
          corpus == .pairs
          ? TokenizedDocument(
            id: Samples.id(number / 2), units: [.image(0), .line([5, 6])],
            images: [Samples.digest(number % 7)])
          : Samples.document(
            number, maximumLine: 9, images: corpus == .interleaved, using: &generator)
        writer.add(document)
      }
      let path = directory.file("\(corpus.rawValue)-\(part)")
      try writer.write(to: path)
      return try TokenizedPart(path: path)
    }
  }

  private func sharder(_ corpus: Corpus, _ range: DocumentRange) -> CorpusSharder {
    var sharder = CorpusSharder(
      Samples.description(corpus), vocabulary: Samples.vocabulary, seed: 1,
      validationFraction: 0.2)
    sharder.shardByteCount = 1000
    sharder.range = range
    return sharder
  }

  @Test func aHashIsInOneRangeAndRangesAscend() {
    var generator = SeededGenerator(seed: 9)
    let random = (0..<200).map { _ in UInt64.random(in: 0...(.max), using: &generator) }
    let hashes = (random + [0, 1, 1 << 63, .max - 1, .max]).sorted()
    for count in Self.counts + [100, 21_474] {
      let ranges = (0..<count).map { DocumentRange($0, of: count) }
      let found = hashes.map { hash in ranges.filter { $0.contains(hash: hash) }.map(\.index) }
      #expect(found.allSatisfy { $0.count == 1 })
      #expect(found.flatMap(\.self) == found.flatMap(\.self).sorted())
      #expect(found.first == [0] && found.last == [count - 1])
    }
  }

  @Test(arguments: counts, Corpus.crawled) func rangesOneAfterTheOtherAreTheOrder(
    count: Int, corpus: Corpus
  ) throws {
    let parts = try parts(corpus)
    for split in Split.allCases {
      func places(_ range: DocumentRange) -> [DocumentOrder.Place] {
        DocumentOrder(of: parts, range: range, split: split, seed: 1, validationFraction: 0.2)
          .places
      }
      let joined = (0..<count).flatMap { places(DocumentRange($0, of: count)) }
      #expect(joined == places(.whole))
      #expect(!joined.isEmpty)
    }
  }

  @Test(arguments: counts, Corpus.crawled) func rangesHoldWhatTheWholeHolds(
    count: Int, corpus: Corpus
  ) throws {
    let parts = try parts(corpus)
    let whole = try sharder(corpus, .whole).write(
      parts, to: directory.file("whole"), features: Samples.features)
    var tokens = Tally()
    let target = directory.file("ranges")
    let indexes = try (0..<count).map { number in
      let result = try sharder(corpus, DocumentRange(number, of: count)).pack(
        parts, to: target, features: Samples.features)
      tokens.add(result.tokens)
      let numbers = result.index.shards.compactMap(\.number)
      let first = number * ShardIndex.shardsPerRange
      #expect(numbers == Array(first..<first + numbers.count))
      return result.index
    }
    let joined = ShardIndex(corpus: corpus, joining: indexes)
    if count == 1 { #expect(joined == whole.index) }
    #expect(tokens.isBalanced && tokens == whole.tokens)
    try joined.write(to: target)
    for split in Split.allCases {
      let set = try ShardSet(directory: target, split: split)
      let (found, wanted) = (set.counts, whole.index.counts(split))
      #expect(found.documents == wanted.documents && found.targets == wanted.targets)
      #expect(found.slots == wanted.slots)
      #expect(found.tokens - found.sequences == wanted.tokens - wanted.sequences)
      let numbers = joined.shards.filter { $0.split == split }.compactMap(\.number)
      #expect(numbers == numbers.sorted())
      // Document after document, but for where sequences and ranges end, it is the whole's order.
      let order = try ShardSet(directory: directory.file("whole"), split: split)
      #expect(try documents(set) == documents(order))
    }
  }

  private func documents(_ set: ShardSet) throws -> [DocumentID] {
    try (0..<set.count).flatMap { number in
      try set.sequence(at: number).sequence.segments.filter { $0.offset == 0 }.map(\.document)
    }
  }

  @Test(arguments: counts) func featuresAreFoundOfARangesImagesAlone(count: Int) throws {
    let parts = try parts(.interleaved)
    let features = try (0..<3).map { part in
      let path = directory.file("features-\(part)")
      let writer = try FeaturePartWriter(
        path: path, images: (part * 2..<part * 2 + 3).map(Samples.digest),
        origin: FeatureOrigin(
          encoder: Samples.digest(1001), preprocessing: "clip-32-v1",
          layout: FeatureLayout(.float16, tokens: 5, width: 4)))
      for image in writer.images { try writer.add(Samples.features(image)) }
      try writer.commit()
      return try FeaturePart(path: path)
    }
    for number in 0..<count {
      let range = DocumentRange(number, of: count)
      let shown = Set(
        try parts.flatMap { part in
          try (0..<part.count).map { try part.document(at: $0) }
        }.filter { range.contains($0.id, seed: 1) }.flatMap(\.images))
      let set = try FeatureSet(features, of: ImageKeys(of: parts, range: range, seed: 1))
      for image in (0..<8).map(Samples.digest) {
        #expect(set.contains(image) == shown.contains(image))
        #expect(set.find(image) == (shown.contains(image) ? Samples.features(image) : nil))
      }
    }
  }

  /// A part is read where it is mapped: what stands at its edges is found, too.
  @Test func partsOfManyDocumentsAreRead() throws {
    var writer = TokenizedPartWriter(corpus: .text, tokenizer: Samples.digest(1000))
    let count = 20_000
    for number in 0..<count {
      writer.add(
        TokenizedDocument(id: Samples.id(number), units: [.line([Int32(number)])], images: []))
    }
    let path = directory.file("many")
    try writer.write(to: path)
    let part = try TokenizedPart(path: path)
    #expect(part.count == count && part.documentIDs == (0..<count).map(Samples.id))
    for number in [0, 1, 8191, 8192, 16_384, count - 1] {
      #expect(part.documentID(at: number) == Samples.id(number))
      #expect(try part.document(at: number).units == [.line([Int32(number)])])
    }
  }
}

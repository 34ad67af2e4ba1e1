import Documents
import Hashing
import Sharding
import Storage
import TestSupport
import Testing
import Tokenization

struct PaddedBatchTests {
  private let directory = TemporaryDirectory()

  /// Packs documents into a shard of sequences of at most so many tokens.
  private func shard(
    _ documents: [TokenizedDocument], _ corpus: Corpus = .interleaved, maximumLength: Int = 24
  ) throws -> Shard {
    var packer = Packer(
      corpus: corpus, vocabulary: Samples.vocabulary, maximumLength: maximumLength, latents: 3)
    var writer = ShardWriter(Samples.description(corpus, maximumLength: maximumLength))
    for document in documents { for sequence in packer.add(document) { writer.add(sequence) } }
    if let rest = packer.finish() { writer.add(rest) }
    let path = directory.file("shard-\(documents.count)-\(maximumLength)")
    try writer.write(to: path, features: Samples.features)
    return try Shard(path: path)
  }

  private func batch(_ shard: Shard) throws -> PaddedBatch {
    try PaddedBatch(try (0..<shard.count).map { (try shard.sequence(at: $0), shard) })
  }

  @Test func inputsTargetsAndDocumentsAreThoseOfTheSequences() throws {
    let image = Samples.digest(3)
    let shard = try shard(
      [
        TokenizedDocument(id: Samples.id(1), units: [.line([5, 6])]),
        TokenizedDocument(
          id: Samples.id(2), units: [.image(0), .line([7])], images: [image]),
        TokenizedDocument(id: Samples.id(3), units: [.line([8]), .line([9, 10])]),
      ], maximumLength: 12)
    let batch = try batch(shard)
    let vocabulary = Samples.vocabulary
    let (begin, end, line) = (Int64(0), Int64(2), Int64(vocabulary.lineEnd))
    let (open, close) = (Int64(vocabulary.image), Int64(vocabulary.imageEnd))
    #expect(batch.rows == 2 && batch.length == 10 && batch.positionCount == 20)
    #expect(
      batch.tokens == [begin, 5, 6, end, open, open, open, open, close, 7]
        + [begin, 8, line, 9, 10, 1, 1, 1, 1, 1])
    #expect(
      batch.targets == [5, 6, end, open, open, open, open, close, 7, end]
        + [8, line, 9, 10, end, 1, 1, 1, 1, 1])
    #expect(
      batch.lossMask == [1, 1, 1, 0, 0, 0, 0, 0, 1, 1] + [1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
    #expect(
      batch.documents == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
        + [0, 0, 0, 0, 0, -1, -1, -1, -1, -1])
    #expect(batch.imageSlots == [5])
    #expect(batch.features.count == 1 && batch.features.values.count == 40)
    #expect(batch.features.scales.isEmpty && batch.tokenCount == 15)
  }

  /// Each input's document is that of its segment, `<s>`'s the first.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func documentsAreTheSegments(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let documents = (0..<12).map {
      Samples.document($0, maximumLine: 9, images: true, using: &generator)
    }
    let shard = try shard(documents)
    let batch = try batch(shard)
    for row in 0..<batch.rows {
      let sequence = try shard.sequence(at: row)
      for column in 0..<batch.length {
        let found = batch.documents[row * batch.length + column]
        if column >= sequence.tokens.count - 1 {
          #expect(found == PaddedBatch.noDocument)
          continue
        }
        let segment = try #require(sequence.segment(at: max(1, column)))
        #expect(sequence.segments[Int(found)] == segment)
      }
    }
  }

  @Test func aSequenceOfOneTokenIsOneInput() throws {
    let empty = try PaddedBatch([])
    #expect(empty.rows == 0 && empty.positionCount == 0 && empty.tokenCount == 0)
  }
}

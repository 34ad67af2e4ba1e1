import Documents
import Sharding
import TestSupport
import Testing
import Tokenization

/// What a training reads is a function of (seed, epoch, step), whoever reads it and from where on.
struct ReadingOrderTests {
  /// The batches of a rank's steps, out of real shards.
  private struct Steps: PrefetchSource {
    let order: BatchOrder
    let set: ShardSet
    let rank: Int
    let ranks: Int
    var steps: Range<Int>

    mutating func next() -> [Int]? {
      steps.popFirst().map { order.sequences(step: $0, rank: rank, ranks: ranks) }
    }

    func make(_ sequences: [Int]) throws -> PaddedBatch {
      try PaddedBatch(try sequences.map { try set.sequence(at: $0) })
    }
  }

  private static let shards = Result { try Corpora() }

  /// A corpus in several shards.
  private struct Corpora {
    let directory = TemporaryDirectory()
    let set: ShardSet

    init() throws {
      var generator = SeededGenerator(seed: 31)
      var writer = TokenizedPartWriter(corpus: .interleaved, tokenizer: Samples.digest(1000))
      for number in 0..<80 {
        writer.add(Samples.document(number, maximumLine: 9, images: true, using: &generator))
      }
      try writer.write(to: directory.file("part"))
      var sharder = CorpusSharder(
        Samples.description(), vocabulary: Samples.vocabulary, seed: 1, validationFraction: 0)
      sharder.shardByteCount = 2000
      _ = try sharder.write(
        [try TokenizedPart(path: directory.file("part"))], to: directory.path,
        features: Samples.features)
      set = try ShardSet(directory: directory.path, split: .train)
    }
  }

  /// The batches of a rank from one step up to another.
  private func batches(
    rank: Int = 0, of ranks: Int = 1, readers: Int = 1, steps: Range<Int> = 0..<12
  ) throws -> [PaddedBatch] {
    let set = try Self.shards.get().set
    let order = BatchOrder(
      order: SequenceOrder(count: set.count, seed: 5), sequencesPerStep: 10)
    let source = Steps(order: order, set: set, rank: rank, ranks: ranks, steps: steps)
    return try Prefetch.reading(source, depth: 3, readers: readers) { elements in
      var found: [PaddedBatch] = []
      while let batch = try elements.next() { found.append(batch) }
      return found
    }
  }

  /// The inputs of each sequence of a batch, padding left out.
  private func sequences(_ batch: PaddedBatch) -> [[Int64]] {
    (0..<batch.rows).map { row in
      let range = row * batch.length..<(row + 1) * batch.length
      return zip(batch.tokens[range], batch.documents[range])
        .filter { $0.1 != PaddedBatch.noDocument }.map(\.0)
    }
  }

  @Test func thereAreSeveralShardsAndEpochs() throws {
    let set = try Self.shards.get().set
    #expect(set.shards.count > 3 && set.count < 12 * 10)
  }

  @Test(arguments: [1, 2, 3, 8], [1, 2, 5])
  func ranksAndReadersShareTheSameSteps(ranks: Int, readers: Int) throws {
    let whole = try batches().map(sequences)
    let shares = try (0..<ranks).map {
      try batches(rank: $0, of: ranks, readers: readers).map(sequences)
    }
    for (step, sequences) in whole.enumerated() {
      for (place, sequence) in sequences.enumerated() {
        #expect(shares[place % ranks][step][place / ranks] == sequence)
      }
      #expect(shares.reduce(0) { $0 + $1[step].count } == sequences.count)
    }
  }

  @Test(arguments: [0, 1, 5, 11, 12], [1, 4])
  func aStepIsAllThatResumes(step: Int, readers: Int) throws {
    #expect(try batches(readers: readers, steps: step..<12) == Array(batches()[step...]))
  }
}

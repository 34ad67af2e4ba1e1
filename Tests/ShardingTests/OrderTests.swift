import Documents
import Sharding
import Testing

struct OrderTests {
  @Test(arguments: [1, 2, 3, 4, 5, 7, 16, 17, 63, 64, 65, 1000, 4097])
  func eachEpochHasEverySequenceOnce(count: Int) {
    let order = SequenceOrder(count: count, seed: 5)
    for epoch in 0..<3 {
      let sequences = (0..<count).map { order.sequence(epoch: epoch, place: $0) }
      #expect(sequences.sorted() == Array(0..<count))
    }
  }

  @Test func ordersDifferByEpochAndSeed() {
    func order(_ seed: UInt64, _ epoch: Int) -> [Int] {
      let order = SequenceOrder(count: 500, seed: seed)
      return (0..<500).map { order.sequence(epoch: epoch, place: $0) }
    }
    let orders = [order(1, 0), order(1, 1), order(2, 0), order(2, 1)]
    #expect(Set(orders).count == 4)
    #expect(orders.allSatisfy { $0 != Array(0..<500) })
  }

  /// The order is part of what a run is: another one would be another run under the same seed.
  ///
  /// The numbers are those of a second implementation, in Python.
  @Test func theOrderIsFixed() {
    let order = SequenceOrder(count: 10, seed: 7)
    #expect(
      (0..<20).map(order.sequence(at:))
        == [2, 4, 1, 7, 9, 6, 8, 0, 5, 3, 4, 8, 2, 0, 5, 9, 3, 7, 1, 6])
  }

  /// In a uniform shuffle a sequence is a third of the corpus away from its place on average, and one
  /// in two neighbours stands before the other.
  @Test func theOrderIsShuffled() {
    let count = 10_000
    let order = SequenceOrder(count: count, seed: 3)
    let sequences = (0..<count).map { order.sequence(epoch: 0, place: $0) }
    let distance = sequences.enumerated().reduce(0) { $0 + abs($1.offset - $1.element) }
    #expect(abs(Double(distance) / Double(count) / Double(count) - 1.0 / 3) < 0.01)
    let ascents = zip(sequences, sequences.dropFirst()).count { $0 < $1 }
    #expect(abs(ascents - count / 2) < 200)
  }

  @Test func aHugeCorpusNeedsNoMemory() {
    let order = SequenceOrder(count: 1 << 50, seed: 1)
    let sequences = (0..<1000).map { order.sequence(epoch: 9, place: $0) }
    #expect(Set(sequences).count == 1000)
    #expect(sequences.allSatisfy { (0..<1 << 50).contains($0) })
  }

  @Test(arguments: [1, 2, 3, 8])
  func ranksShareAStepOut(ranks: Int) {
    let batches = BatchOrder(order: SequenceOrder(count: 37, seed: 2), sequencesPerStep: 10)
    for step in 0..<20 {
      let whole = batches.sequences(step: step)
      #expect(whole.count == 10)
      let shares = (0..<ranks).map { batches.sequences(step: step, rank: $0, ranks: ranks) }
      for (index, sequence) in whole.enumerated() {
        #expect(shares[index % ranks][index / ranks] == sequence)
      }
      #expect(shares.reduce(0) { $0 + $1.count } == 10)
    }
  }

  @Test func stepsFollowOneAnother() {
    let order = SequenceOrder(count: 37, seed: 2)
    let batches = BatchOrder(order: order, sequencesPerStep: 10)
    #expect((0..<8).flatMap(batches.sequences(step:)) == (0..<80).map(order.sequence(at:)))
    #expect(batches.epoch(ofStep: 3) == 0 && batches.epoch(ofStep: 4) == 1)
  }

  @Test func aBudgetBecomesACount() {
    let order = SequenceOrder(count: 100, seed: 0)
    func count(_ budget: Int) -> Int {
      BatchOrder(order: order, tokensPerStep: budget, totalTokens: 2000).sequencesPerStep
    }
    #expect([1, 20, 29, 31, 200].map(count) == [1, 1, 1, 2, 10])
  }

  @Test func theSplitIsOfTheDocument() {
    let splits = (0..<2000).map {
      Split(of: Samples.id($0), seed: 1, validationFraction: 0.1)
    }
    #expect((150..<250).contains(splits.count { $0 == .validation }))
    #expect(Split(of: Samples.id(1), seed: 1, validationFraction: 0) == .train)
    #expect(Split(of: Samples.id(1), seed: 1, validationFraction: 1) == .validation)
  }
}

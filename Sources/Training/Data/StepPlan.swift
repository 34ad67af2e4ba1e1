internal import Documents
internal import Sharding

/// Which sequences a step reads, in the groups that are read together.
///
/// A group is of one corpus, so that its loss is the corpus's, and of like lengths, so that padding to the
/// longest wastes little.
struct StepPlan {
  /// Sequences that one forward pass reads.
  struct Group: Hashable {
    /// The corpus.
    var corpus: Corpus
    /// The numbers of the sequences in it.
    var sequences: [Int]
    /// The positions of the padded sequences together.
    var positions: Int
  }

  /// The groups, corpus by corpus, the longest sequences first.
  let groups: [Group]
  /// How many targets the sequences of each corpus have.
  let targets: PerCorpus<Int>

  /// Divides the sequences of each corpus into groups.
  ///
  /// - Parameters:
  ///   - sequences: The numbers of the sequences.
  ///   - sets: The corpora's sequences.
  ///   - budget: The most positions of a group, padding included.
  /// - Throws: `ShardingError` where a sequence is damaged.
  init(_ sequences: PerCorpus<[Int]>, of sets: PerCorpus<ShardSet?>, budget: Int) throws {
    targets = try PerCorpus { corpus in
      guard let set = sets[corpus] else { return 0 }
      return try sequences[corpus].reduce(0) { sum, number in
        try sum + set.sequence(at: number).sequence.lossMask.count { $0 == 1 }
      }
    }
    groups = Corpus.allCases.flatMap { corpus -> [Group] in
      guard let set = sets[corpus] else { return [] }
      let numbers = sequences[corpus]
      let lengths = numbers.map { number in
        let place = set.place(of: number)
        return set.shards[place.shard].tokenCount(ofSequence: place.sequence)
      }
      return LengthBuckets.divide(lengths, budget: budget).map { bucket in
        Group(
          corpus: corpus, sequences: bucket.map { numbers[$0] },
          positions: bucket.count * (bucket.map { lengths[$0] }.max() ?? 0))
      }
    }
  }

  /// Makes a plan from its parts.
  init(groups: [Group], targets: PerCorpus<Int>) {
    self.groups = groups
    self.targets = targets
  }

  /// What the sum of a corpus's losses is multiplied by in the loss of the step.
  func lossWeights(_ mean: TrainingConfiguration.LossMean) -> PerCorpus<Double> {
    let present = Corpus.allCases.filter { targets[$0] > 0 }
    switch mean {
    case .targets:
      let sum = present.reduce(0) { $0 + targets[$1] }
      return PerCorpus { targets[$0] > 0 ? 1 / Double(sum) : 0 }
    case .corpora:
      return PerCorpus { targets[$0] > 0 ? 1 / Double(present.count * targets[$0]) : 0 }
    }
  }
}

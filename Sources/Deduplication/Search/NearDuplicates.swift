/// Joins candidates of one band's bucket after the other into sets of near duplicates.
struct NearDuplicates {
  private let rules: NearDuplicateRules
  private let table: DocumentTable
  private(set) var sets: DisjointSets
  /// The greatest similarity measured between a document and another of its set; 0 for none.
  private(set) var similarities: [Float]

  /// The most documents of one bucket that others are compared with.
  ///
  /// A bucket of more documents that are pairwise no duplicates is a coincidence of their boilerplate, and
  /// without a limit it would cost the square of its size.
  static let maximumLeaders = 32

  init(rules: NearDuplicateRules, table: DocumentTable) {
    self.rules = rules
    self.table = table
    sets = DisjointSets(count: table.count)
    similarities = Array(repeating: 0, count: table.count)
  }

  /// Takes the documents that agree in a band, in ascending order.
  mutating func join(_ bucket: [UInt32]) {
    guard rules.verify else {
      for number in bucket.dropFirst() { sets.join(bucket[0], number) }
      return
    }
    var leaders: [(number: UInt32, shingles: Shingles)] = []
    for number in bucket {
      let set = sets.representative(of: number)
      if leaders.contains(where: { sets.representative(of: $0.number) == set }) { continue }
      let shingles = table.shingles(number)
      let match = leaders.lazy.map { ($0.number, $0.shingles.similarity(to: shingles)) }
        .first { $0.1 >= rules.threshold }
      if let (leader, similarity) = match {
        sets.join(leader, number)
        note(similarity, leader)
        note(similarity, number)
      } else if leaders.count < Self.maximumLeaders {
        leaders.append((number, shingles))
      }
    }
  }

  private mutating func note(_ similarity: Double, _ number: UInt32) {
    similarities[Int(number)] = max(similarities[Int(number)], Float(similarity))
  }
}

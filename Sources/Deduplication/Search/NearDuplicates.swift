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
      let match = self.match(for: number, shingles, among: leaders)
      if let (leader, similarity) = match {
        sets.join(leader, number)
        note(similarity, leader)
        note(similarity, number)
      } else if leaders.count < Self.maximumLeaders {
        leaders.append((number, shingles))
      }
    }
  }

  /// The first of some documents that another is a near duplicate of.
  private func match(
    for number: UInt32, _ shingles: Shingles, among leaders: [(number: UInt32, shingles: Shingles)]
  ) -> (leader: UInt32, similarity: Double)? {
    for leader in leaders where !areToldApart(leader.number, number) {
      let similarity = leader.shingles.similarity(to: shingles)
      if similarity >= rules.threshold { return (leader.number, similarity) }
    }
    return nil
  }

  /// Whether two short pages of one host show images, and none of them in common.
  ///
  /// Such pages are one template: "In this section you find help for the commands of the Edit menu" and
  /// a picture of that menu, then the same for the next menu.
  private func areToldApart(_ one: UInt32, _ other: UInt32) -> Bool {
    let (left, right) = (table.row(one), table.row(other))
    return min(left.shingleCount, right.shingleCount) < rules.imagesTellBelow
      && left.host != 0 && left.host == right.host
      && left.imageMask != 0 && right.imageMask != 0 && left.imageMask & right.imageMask == 0
  }

  private mutating func note(_ similarity: Double, _ number: UInt32) {
    similarities[Int(number)] = max(similarities[Int(number)], Float(similarity))
  }
}

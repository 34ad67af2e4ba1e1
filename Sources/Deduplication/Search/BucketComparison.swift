/// Finds the near duplicates among the documents that agree in a band.
///
/// What it finds is a function of the bucket alone, so that buckets may be compared anywhere.
struct BucketComparison {
  private let signatures: SignatureSet
  private let rules: NearDuplicateRules
  private var memory: SimilarityMemory

  /// The most documents of one bucket that others are compared with.
  ///
  /// A bucket of more documents that are pairwise no duplicates is a coincidence of their boilerplate, and
  /// without a limit it would cost the square of its size.
  static let maximumLeaders = 32

  /// A document of a bucket.
  private struct Member {
    var number: UInt32
    var row: SignatureFile.Row
  }

  init(_ signatures: SignatureSet, rules: NearDuplicateRules) {
    (self.signatures, self.rules) = (signatures, rules)
    memory = SimilarityMemory(documents: signatures.count)
  }

  /// Calls a function with each pair: of a document, and the first before it that it is nearly the same as.
  mutating func forEachPair(
    in bucket: [UInt32], _ body: (NearPair) throws -> Void
  ) throws {
    let members = try inOrder(bucket)
    guard rules.verify else {
      for member in members.dropFirst() {
        try body(NearPair(first: members[0].number, second: member.number, similarity: 0))
      }
      return
    }
    var leaders: [(member: Member, shingles: Shingles)] = []
    for member in members {
      let shingles = try signatures.shingles(of: member.row, member.number)
      if let pair = pair(of: member, shingles, among: leaders) {
        try body(pair)
      } else if leaders.count < Self.maximumLeaders {
        leaders.append((member, shingles))
      }
    }
  }

  private func inOrder(_ bucket: [UInt32]) throws -> [Member] {
    try bucket.map { Member(number: $0, row: try signatures.row($0)) }
      .sorted { (DocumentOrder($0.row), $0.number) < (DocumentOrder($1.row), $1.number) }
  }

  /// The document and the first of some that it is a near duplicate of.
  private mutating func pair(
    of member: Member, _ shingles: Shingles, among leaders: [(member: Member, shingles: Shingles)]
  ) -> NearPair? {
    for (leader, others) in leaders where !areToldApart(leader.row, member.row) {
      let similarity = memory.similarity(leader.number, member.number) {
        others.similarity(to: shingles)
      }
      if similarity >= rules.threshold {
        return NearPair(
          first: leader.number, second: member.number, similarity: Float(similarity))
      }
    }
    return nil
  }

  /// Whether two short pages of one host show images, and none of them in common.
  ///
  /// Such pages are one template: "In this section you find help for the commands of the Edit menu" and
  /// a picture of that menu, then the same for the next menu.
  private func areToldApart(_ one: SignatureFile.Row, _ other: SignatureFile.Row) -> Bool {
    min(one.shingleCount, other.shingleCount) < rules.imagesTellBelow
      && one.host != 0 && one.host == other.host
      && one.imageMask != 0 && other.imageMask != 0 && one.imageMask & other.imageMask == 0
  }
}

internal import Storage

/// Finds what agrees by one rule, as far as one range of hashes tells.
///
/// Every range of a rule has other groups, and what they are is a function of the documents alone.
/// Memory is what sorting may take, and 32 bytes for each member of the largest group.
public struct MatchSearch {
  private let signatures: SignatureSet
  private let rule: MatchRule
  private let range: HashRange

  /// Prepares a search.
  public init(_ signatures: SignatureSet, rule: MatchRule, range: HashRange = .all) {
    (self.signatures, self.rule, self.range) = (signatures, rule, range)
  }

  /// Searches, and writes the groups of at least two to a file.
  ///
  /// - Throws: ``DeduplicationError`` where a file of signatures is damaged, `StorageError` where one cannot
  ///   be read or sorted runs not be written.
  public func write(to path: String, in space: SearchSpace) throws {
    try space.using {
      var sorter = space.sorter()
      try addKeys(to: &sorter, space)
      var file = try MatchWriter(path: path, rule, documents: signatures.count)
      try sorter.forEachGroup(ofAtLeast: 2) { _, group in
        try file.add(try inOrder(group))
      }
      try file.commit()
    }
  }

  /// Adds each key of the range, and behind it what has it: a document, or a document and a block.
  private func addKeys(to sorter: inout ExternalSorter, _ space: SearchSpace) throws {
    try signatures.forEachPart { file, numbers in
      if rule == .paragraphs {
        try file.forEachParagraph { key, document, node in
          guard range.contains(key) else { return }
          let number = numbers.lowerBound + UInt32(document)
          try sorter.add(UInt128(key) << 64 | UInt128(number) << 32 | UInt128(node))
        }
      } else {
        try file.forEachRow { index, row in
          let key = rule.key(row)
          guard key != 0, range.contains(key) else { return }
          try sorter.add(UInt128(key) << 64 | UInt128(numbers.lowerBound + UInt32(index)))
        }
      }
      try space.step(numbers.count)
    }
  }

  /// The members of a group in the order of their documents, blocks of one in the order of its nodes.
  private func inOrder(_ group: [UInt64]) throws -> [UInt64] {
    try group.map { member in
      let number = UInt32(truncatingIfNeeded: rule == .paragraphs ? member >> 32 : member)
      return (order: try signatures.order(number), member: member)
    }
    .sorted { ($0.order, $0.member) < ($1.order, $1.member) }.map(\.member)
  }
}

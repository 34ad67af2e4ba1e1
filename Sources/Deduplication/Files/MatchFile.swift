internal import Storage

/// Writes groups of values that have a key in common: documents, or blocks of documents.
struct MatchWriter: ~Copyable {
  private var file: WordFileWriter

  init(path: String, _ rule: MatchRule, documents: Int) throws {
    file = try WordFileWriter(path: path, .matches, documents: documents, tag: rule.code)
  }

  /// Adds a group of at least two.
  mutating func add(_ group: [UInt64]) throws {
    precondition(group.count > 1, "what agrees with nothing is no group")
    try file.add(CollectionOfOne(UInt64(group.count)))
    try file.add(group)
  }

  consuming func commit() throws { try file.commit() }
}

/// Groups of what agrees by one rule, as far as one range of hashes tells.
struct MatchFile: Sendable {
  let rule: MatchRule
  private let file: WordFile

  /// Opens and checks a file about a set of documents.
  init(path: String, documents: Int) throws {
    file = try WordFile(path: path, .matches)
    guard let rule = MatchRule(code: file.tag), file.documents == documents else {
      throw DeduplicationError(damaged: path, "the file is about other signatures")
    }
    self.rule = rule
  }

  /// Calls a function with each group, whose values are in the order of their documents.
  func forEachGroup(_ body: ([UInt64]) throws -> Void) throws {
    var group: [UInt64] = []
    var left: UInt64 = 0
    try file.forEachWord { word in
      if left == 0 {
        left = word
        return
      }
      group.append(word)
      left -= 1
      guard left == 0 else { return }
      try body(group)
      group.removeAll(keepingCapacity: true)
    }
    guard left == 0, group.isEmpty else {
      throw DeduplicationError(damaged: file.path, "the last group is cut short")
    }
  }
}

internal import Documents
internal import Storage

/// What goes no further, of all that was found to agree or to be nearly the same.
///
/// The rules take turns: URL, text, images, near duplicates, and each looks only at what the ones before it
/// kept; blocks are counted over the documents that stay. What is found is a function of the documents
/// alone, whatever parts they are in and however the search was divided. Memory is a bit a document,
/// 20 bytes for each that agrees with another or is in a pair, and what sorting blocks may take.
public struct DuplicateClusters {
  private let signatures: SignatureSet
  private let rules: DeduplicationConfiguration
  private let matches: [MatchFile]
  private let verdicts: DuplicateVerdicts

  /// Decides on all documents.
  ///
  /// - Parameters:
  ///   - matches: The files of ``MatchSearch``, one for each rule that is on and each range of hashes.
  ///   - pairs: The files of ``NearPairSearch``, one for each share of the bands; none where near
  ///     duplicates are not looked for.
  /// - Throws: ``DeduplicationError`` where a file is damaged, `StorageError` where one cannot be read.
  public init(
    _ signatures: SignatureSet, matches: [String], pairs: [String],
    rules: DeduplicationConfiguration
  ) throws {
    (self.signatures, self.rules) = (signatures, rules)
    self.matches = try matches.map { try MatchFile(path: $0, documents: signatures.count) }
    verdicts = try DuplicateVerdicts(
      signatures, self.matches,
      pairs.map { try NearPairFile(path: $0, documents: signatures.count) })
  }

  /// Calls a function with what was found in each part, in order.
  ///
  /// - Throws: ``DeduplicationError`` where a file of signatures is damaged, `StorageError` where one cannot
  ///   be read or sorted runs not be written.
  public func forEachPart(
    in space: SearchSpace, _ body: (_ part: Int, Duplicates) throws -> Void
  ) throws {
    try space.using {
      var blocks = space.sorter()
      for file in matches where file.rule == .paragraphs {
        try file.forEachGroup { try addBlocks(of: $0, to: &blocks) }
      }
      var part = 0
      var found: [Block] = []
      func end() throws {
        try body(part, try duplicates(of: part, found))
        try space.step(signatures.numbers(of: part).count)
        found.removeAll(keepingCapacity: true)
        part += 1
      }
      try blocks.forEach { key in
        let block = Block(key)
        while block.document >= signatures.numbers(of: part).upperBound { try end() }
        found.append(block)
      }
      while part < signatures.parts { try end() }
    }
  }

  /// A block that goes no further: in the order of document and node, as one key.
  private struct Block {
    var document: UInt32
    var node: UInt32
    /// The document that keeps it.
    var keeper: UInt32
    var pages: UInt32

    var key: UInt128 {
      UInt128(document) << 96 | UInt128(node) << 64 | UInt128(keeper) << 32 | UInt128(pages)
    }

    init(_ key: UInt128) {
      document = UInt32(truncatingIfNeeded: key >> 96)
      node = UInt32(truncatingIfNeeded: key >> 64)
      keeper = UInt32(truncatingIfNeeded: key >> 32)
      pages = UInt32(truncatingIfNeeded: key)
    }

    init(_ member: UInt64, keeper: UInt32, pages: UInt32) {
      document = UInt32(truncatingIfNeeded: member >> 32)
      node = UInt32(truncatingIfNeeded: member)
      (self.keeper, self.pages) = (keeper, pages)
    }
  }

  /// Adds all but the first of the blocks of too many pages that go on.
  private func addBlocks(of group: [UInt64], to sorter: inout ExternalSorter) throws {
    let blocks = group.filter { !verdicts.drops(UInt32($0 >> 32)) }
    guard let first = blocks.first else { return }
    var pages = 1
    for (one, next) in zip(blocks, blocks.dropFirst()) where one >> 32 != next >> 32 { pages += 1 }
    guard pages > rules.paragraphs.maximumPages else { return }
    for block in blocks.dropFirst() {
      let block = Block(block, keeper: UInt32(first >> 32), pages: UInt32(pages))
      try sorter.add(block.key)
    }
  }

  private func duplicates(of part: Int, _ blocks: [Block]) throws -> Duplicates {
    var found = Duplicates()
    let numbers = signatures.numbers(of: part)
    for number in numbers {
      guard let verdict = verdicts.verdict(on: number) else { continue }
      let index = Int(number - numbers.lowerBound)
      found.documents.append(.init(index: index, reason: try reason(verdict, number)))
    }
    for block in blocks {
      let reason = Reason(
        .duplicateParagraph, measured: Double(block.pages),
        threshold: Double(rules.paragraphs.maximumPages),
        detail: try signatures.id(block.keeper).description)
      let index = Int(block.document - numbers.lowerBound)
      found.blocks.append(.init(index: index, node: Int(block.node), reason: reason))
    }
    return found
  }

  private func reason(_ verdict: DuplicateVerdicts.Verdict, _ number: UInt32) throws -> Reason {
    let detail = try signatures.id(verdict.survivor).description
    switch verdict.rule {
    case .url: return Reason(.duplicateURL, detail: detail)
    case .text: return Reason(.duplicateText, detail: detail)
    case .images: return Reason(.duplicateImageSet, detail: detail)
    case .paragraphs, nil:
      return Reason(
        .nearDuplicate, measured: try measured(verdict, number),
        threshold: rules.near.verify ? rules.near.threshold : nil, detail: detail)
    }
  }

  /// The greatest similarity to another document of the set or, where none was asked for, that to the one
  /// that is kept.
  private func measured(_ verdict: DuplicateVerdicts.Verdict, _ number: UInt32) throws -> Double {
    let similarity =
      rules.near.verify
      ? Double(verdict.similarity)
      : try signatures.shingles(number).similarity(to: signatures.shingles(verdict.kept))
    return (similarity * 10_000).rounded() / 10_000
  }
}

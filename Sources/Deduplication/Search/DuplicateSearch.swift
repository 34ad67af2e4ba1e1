internal import Documents
internal import Storage

/// Finds the duplicates among the documents of all parts.
///
/// The rules take turns: URL, text, images, near duplicates, and each looks only at what the ones before it
/// kept. What is found is a function of the documents alone, whatever parts they are in. Memory
/// is about 130 bytes a document, beside what the sorter may use.
public struct DuplicateSearch {
  private let rules: DeduplicationConfiguration
  private let files: [SignatureFile]
  private let table: DocumentTable
  private let scratch: String
  private let memoryBytes: Int
  private var verdicts: [UInt32: Verdict] = [:]
  private var blocks: [UInt64: Reason] = [:]

  /// Why a document goes no further, and which one its rule kept.
  private struct Verdict {
    var kept: UInt32
    var reason: Reason
  }

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - files: The signatures of each part, made with the same shingles, bands and rows.
  ///   - scratch: A directory for sorted runs; what is in it is removed.
  ///   - memoryBytes: How much memory sorting may take.
  public init(
    _ files: [SignatureFile], rules: DeduplicationConfiguration, scratch: String,
    memoryBytes: Int = 256 << 20
  ) {
    precondition(
      files.allSatisfy { $0.layout.bands == rules.near.bands }, "files of the rules' bands")
    self.rules = rules
    self.files = files
    self.scratch = scratch
    self.memoryBytes = memoryBytes
    table = DocumentTable(files)
  }

  /// Searches.
  ///
  /// - Throws: `StorageError` where sorted runs cannot be written.
  /// - Returns: What was found in each part, in the order of the files.
  public consuming func run() throws -> [Duplicates] {
    try Directory.remove(scratch)
    try Directory.make(scratch)
    if rules.url { try dropEqual(.duplicateURL) { $0.url } }
    if rules.text { try dropEqual(.duplicateText) { $0.text } }
    if rules.images.enabled { try dropEqual(.duplicateImageSet) { $0.images } }
    if rules.near.enabled { try dropNear() }
    if rules.paragraphs.enabled { try dropBlocks() }
    try Directory.remove(scratch)
    return findings()
  }

  private func sorter() -> ExternalSorter {
    ExternalSorter(directory: scratch, memoryBytes: memoryBytes)
  }

  /// Keeps the first of the documents with the same key.
  private mutating func dropEqual(
    _ code: Reason.Code, key: (SignatureFile.Row) -> UInt64
  ) throws {
    var sorter = sorter()
    for number in 0..<UInt32(table.count) where verdicts[number] == nil {
      let key = key(table.row(number))
      if key != 0 { try sorter.add(UInt128(key) << 64 | UInt128(number)) }
    }
    try sorter.forEachGroup(ofAtLeast: 2) { _, group in
      let kept = UInt32(truncatingIfNeeded: group[0])
      for number in group.dropFirst() {
        verdicts[UInt32(truncatingIfNeeded: number)] = Verdict(kept: kept, reason: Reason(code))
      }
    }
  }

  private mutating func dropNear() throws {
    var near = NearDuplicates(rules: rules.near, table: table)
    for band in 0..<rules.near.bands {
      var sorter = sorter()
      try table.forEachBand(band) { number, hash in
        if verdicts[number] == nil { try sorter.add(UInt128(hash) << 64 | UInt128(number)) }
      }
      try sorter.forEachGroup(ofAtLeast: 2) { _, group in
        near.join(group.map { UInt32(truncatingIfNeeded: $0) })
      }
    }
    var sets = near.sets
    for number in 0..<UInt32(table.count) {
      let kept = sets.representative(of: number)
      if kept == number { continue }
      verdicts[number] = Verdict(
        kept: kept,
        reason: Reason(
          .nearDuplicate, measured: measured(number, kept, near.similarities),
          threshold: rules.near.verify ? rules.near.threshold : nil))
    }
  }

  /// The greatest similarity to another document of the set or, where none was asked for, that to the one
  /// that is kept.
  private func measured(_ number: UInt32, _ kept: UInt32, _ similarities: [Float]) -> Double {
    let similarity =
      rules.near.verify
      ? Double(similarities[Int(number)])
      : table.shingles(number).similarity(to: table.shingles(kept))
    return (similarity * 10_000).rounded() / 10_000
  }

  private mutating func dropBlocks() throws {
    var sorter = sorter()
    try table.forEachParagraph { number, key, node in
      if verdicts[number] == nil {
        try sorter.add(UInt128(key) << 64 | UInt128(number) << 32 | UInt128(node))
      }
    }
    let most = rules.paragraphs.maximumPages
    try sorter.forEachGroup(ofAtLeast: 2) { _, group in
      let pages = Set(group.map { $0 >> 32 }).count
      guard pages > most else { return }
      let reason = Reason(
        .duplicateParagraph, measured: Double(pages), threshold: Double(most),
        detail: table.id(UInt32(group[0] >> 32)).description)
      for block in group.dropFirst() { blocks[block] = reason }
    }
  }

  /// The document that stays in the end, where a later rule drops the one that a rule kept.
  private func survivor(of verdict: Verdict) -> UInt32 {
    var kept = verdict.kept
    while let next = verdicts[kept] { kept = next.kept }
    return kept
  }

  private func findings() -> [Duplicates] {
    var blocksOfDocuments: [UInt32: [(node: Int, reason: Reason)]] = [:]
    for (block, reason) in blocks {
      let node = Int(UInt32(truncatingIfNeeded: block))
      blocksOfDocuments[UInt32(block >> 32), default: []].append((node, reason))
    }
    return files.enumerated().map { file, signatures in
      var found = Duplicates()
      for index in 0..<signatures.count {
        let number = table.number(file: file, index: index)
        if let verdict = verdicts[number] {
          var reason = verdict.reason
          reason.detail = table.id(survivor(of: verdict)).description
          found.documents.append(.init(index: index, reason: reason))
        }
        for block in (blocksOfDocuments[number] ?? []).sorted(by: { $0.node < $1.node }) {
          found.blocks.append(.init(index: index, node: block.node, reason: block.reason))
        }
      }
      return found
    }
  }
}

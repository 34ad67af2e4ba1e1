internal import Documents
internal import Provenance
internal import Sharding

extension InspectedRun {
  /// Traces tokens drawn by a seed back to their archive.
  func verifyLineage(
    _ verification: inout Verification, traces: Int, seed: UInt64,
    extract: RecordProof.Extract?
  ) throws {
    for corpus in Corpus.allCases {
      let rows = try ledger.shards(corpus)
      let tokens = rows.reduce(0) { $0 + $1.tokens }
      if tokens == 0 { continue }
      for draw in 0..<max(traces, 0) {
        let number = SeededHash.value(
          seed: seed, salt: "verify." + corpus.rawValue, id: Array("\(draw)".utf8))
        verification.count(.lineage)
        do {
          try verifyToken(
            Int(number % UInt64(tokens)), of: rows, &verification, extract: extract)
        } catch {
          verification.find(.lineage, "corpus \(corpus.rawValue)", "\(error)")
          break
        }
      }
    }
  }

  /// Traces the token of a number among all tokens of a corpus's shards.
  private func verifyToken(
    _ number: Int, of rows: [ShardRow], _ verification: inout Verification,
    extract: RecordProof.Extract?
  ) throws {
    var rest = number
    var place = 0
    while rest >= rows[place].tokens {
      rest -= rows[place].tokens
      place += 1
    }
    let row = rows[place]
    let shard = try shard(row.corpus, row.shard)
    for sequence in 0..<shard.count {
      let count = shard.tokenCount(ofSequence: sequence)
      if rest >= count {
        rest -= count
        continue
      }
      let trace = try trace(
        row.corpus, shard: row.shard, sequence: sequence, position: rest, extract: extract)
      if let fault = trace.fault {
        verification.find(
          .lineage, "\(row.path), sequence \(sequence), position \(rest)", fault)
      }
      return
    }
  }
}

extension TokenTrace {
  /// Where the chain from the token to its archive is broken; `nil` where it is whole.
  var fault: String? {
    // `<s>` is of no document.
    guard segment != nil else {
      return position == 0 ? nil : "the token belongs to no document"
    }
    if let example { return example.fault }
    if document == nil { return "the ledger has no such document" }
    guard let source else { return "the corpus has no such text" }
    if !source.matches { return "the document, tokenized again, has another token here" }
    guard let proof else { return "the ledger has no record of the document" }
    return proof.isSound ? nil : proof.fault ?? "the record is not the one that was read"
  }
}

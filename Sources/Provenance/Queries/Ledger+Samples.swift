public import Documents
internal import Foundation
internal import GRDB

extension Ledger {
  /// Documents of a corpus, drawn by a seed, in the order drawn.
  ///
  /// A draw is a point among all identities, and takes the first document from there on: identities
  /// are digests, so the draws are nearly even, and each costs one look into the index.
  public func sample(_ corpus: Corpus, count: Int, seed: UInt64) throws -> [DocumentID] {
    if corpus == .pairs { return try samplePairs(count: count, seed: seed).map(\.document) }
    if corpus == .instructions { return try sampleInstructions(count: count, seed: seed) }
    return try read { database in
      let statement = try database.makeStatement(
        sql: """
          SELECT document FROM corpus_documents WHERE corpus = ? AND document >= ?
          ORDER BY document LIMIT 1
          """)
      return try draw(count, seed: seed, salt: corpus.rawValue) { point in
        let row = try Row.fetchOne(statement, arguments: [corpus.rawValue, point])
        return try row.map { try DocumentID(column: $0["document"]) }
      }
    }
  }

  private func sampleInstructions(count: Int, seed: UInt64) throws -> [DocumentID] {
    try read { database in
      let statement = try database.makeStatement(
        sql: "SELECT id FROM instructions WHERE id >= ? ORDER BY id LIMIT 1")
      return try draw(count, seed: seed, salt: "instructions") { point in
        let row = try Row.fetchOne(statement, arguments: [point])
        return try row.map { try DocumentID(column: $0["id"]) }
      }
    }
  }

  /// Pairs of the pairs corpus, drawn by a seed, in the order drawn; one of a document at most.
  public func samplePairs(count: Int, seed: UInt64) throws -> [PairRow] {
    try read { database in
      let statement = try database.makeStatement(
        sql: "SELECT * FROM pairs WHERE document >= ? ORDER BY document, image LIMIT 1")
      return try draw(count, seed: seed, salt: "pairs") { point in
        try Row.fetchOne(statement, arguments: [point]).map { try PairRow(row: $0) }
      }
    }
  }

  private func draw<Value: Hashable>(
    _ count: Int, seed: UInt64, salt: String, _ first: (Data) throws -> Value?
  ) throws -> [Value] {
    var drawn: [Value] = []
    var seen: Set<Value> = []
    // Points that meet a document again are drawn anew, a bounded number of times.
    for attempt in 0..<max(0, count) * 8 where drawn.count < count {
      let point = Self.point(attempt, seed: seed, salt: salt)
      guard let value = try first(point) else { continue }
      if seen.insert(value).inserted { drawn.append(value) }
    }
    return drawn
  }

  private static func point(_ attempt: Int, seed: UInt64, salt: String) -> Data {
    let id = bigEndianBytes(attempt)
    let high = SeededHash.value(seed: seed, salt: salt + ".high", id: id)
    let low = SeededHash.value(seed: seed, salt: salt + ".low", id: id)
    return Data(bigEndianBytes(high) + bigEndianBytes(low))
  }

  /// The bytes of a number, the greatest first.
  private static func bigEndianBytes(_ number: some FixedWidthInteger) -> [UInt8] {
    stride(from: number.bitWidth - 8, through: 0, by: -8).map {
      UInt8(truncatingIfNeeded: number >> $0)
    }
  }
}

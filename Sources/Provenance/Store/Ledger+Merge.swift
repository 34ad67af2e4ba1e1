public import Documents
internal import GRDB
internal import Hashing

/// A part file and whose rows it holds.
public struct PartFile: Hashable, Sendable {
  /// The stage that wrote it.
  public var stage: StageName
  /// The stage's partition.
  public var partition: Int
  /// Its path.
  public var path: String
  /// The SHA-256 that it must have.
  public var digest: Digest

  /// Names a part file.
  public init(stage: StageName, partition: Int, path: String, digest: Digest) {
    self.stage = stage
    self.partition = partition
    self.path = path
    self.digest = digest
  }
}

extension Ledger {
  /// Puts the rows of a part file in the place of those of its partition, in one transaction.
  ///
  /// Parts may come in any order and any number of times; the ledger's content depends on their
  /// bytes alone. A part that is there already, by its digest, is passed over unread. After a
  /// failure or a kill the partition has its old rows.
  ///
  /// - Parameters:
  ///   - stage: The stage that wrote the part.
  ///   - partition: The stage's partition, below 2³¹.
  ///   - part: The path of the part file: JSON Lines of ``LedgerRow``, compressed by Zstandard.
  ///   - digest: The SHA-256 that the file must have.
  /// - Returns: Whether the ledger was changed.
  /// - Throws: ``LedgerError``: ``LedgerError/Code/damagedPart`` where the file is missing, is not
  ///   of that digest, or holds what is no row.
  @discardableResult
  public func merge(
    stage: StageName, partition: Int, part: String, digest: Digest
  ) throws -> Bool {
    precondition(partition >= 0 && partition < 1 << 31, "a partition is a number below 2^31")
    if try self.digest(of: stage, partition) == digest { return false }
    do {
      guard try Digest(ofFile: part) == digest else {
        throw LedgerError(.damagedPart, "'\(part)' is not of the digest its manifest states")
      }
      try LedgerError.wrap(path) {
        try database.write { database in
          try Self.replace(database, stage, partition, part, digest)
        }
      }
    } catch let error as LedgerError where [.database, .diskFull].contains(error.code) {
      throw error
    } catch {
      throw LedgerError(
        .damagedPart,
        "cannot merge '\(part)': \(error); remove the manifest of partition \(partition) of stage "
          + "\(stage.rawValue) and run the same command again to make the part anew")
    }
    return true
  }

  /// Puts the rows of several part files in the place of those of their partitions, all in one
  /// transaction; see ``merge(stage:partition:part:digest:)``.
  ///
  /// Those that are there already, by their digests, are passed over. What the old rows said is
  /// overwritten in the file with zeros, so that what was forgotten cannot be read out of it.
  public func merge(erasing parts: [PartFile]) throws {
    let missing = try parts.filter { try digest(of: $0.stage, $0.partition) != $0.digest }
    if missing.isEmpty { return }
    for part in missing where try Digest(ofFile: part.path) != part.digest {
      throw LedgerError(.damagedPart, "'\(part.path)' is not of the digest its manifest states")
    }
    try LedgerError.wrap(path) {
      try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA secure_delete = ON") }
      try database.write { database in
        for part in missing {
          try Self.replace(database, part.stage, part.partition, part.path, part.digest)
        }
      }
    }
  }

  /// The digest of the part that is merged for a partition; `nil` where none is.
  public func digest(of stage: StageName, _ partition: Int) throws -> Digest? {
    try read { database in
      let bytes = try Row.fetchOne(
        database, sql: "SELECT digest FROM parts WHERE part = ?",
        arguments: [PartKey.value(stage, partition)])
      return try bytes.map { try Digest(column: $0["digest"]) }
    }
  }

  private static func replace(
    _ database: Database, _ stage: StageName, _ partition: Int, _ path: String, _ digest: Digest
  ) throws {
    let part = PartKey.value(stage, partition)
    // The rows of the partition go with it, by the foreign keys.
    try database.execute(sql: "DELETE FROM parts WHERE part = ?", arguments: [part])
    try database.execute(
      sql: "INSERT INTO parts (part, stage, partition, digest, rows) VALUES (?, ?, ?, ?, 0)",
      arguments: [part, stage.rawValue, partition, digest.column])
    var insertion = PartInsertion(database, part: part)
    let reader = try PartReader(path: path)
    var batch = try reader.next()
    while !batch.isEmpty {
      for row in batch { try insertion.add(row) }
      batch = try reader.next()
    }
    try insertion.finish()
  }
}

public import Documents

/// What stands next in an archive: a record, or bytes that are none.
public enum ArchiveItem: Sendable {
  /// A record.
  case record(WARCRecord)
  /// Bytes that could not be read as a record.
  case damaged(DamagedRange)
}

/// A stretch of an archive that could not be read as records.
///
/// Of a member that cannot be decompressed to its end, the records before the fault are told all
/// the same, as long as another record follows them. The stretch then begins where decompression
/// came to the bytes after those records, or somewhat before.
public struct DamagedRange: Hashable, Sendable {
  /// An identity of its own, made like a record's from the place where the loss begins.
  public var id: RecordID
  /// The byte offset in the file.
  public var offset: Int64
  /// The length in the file, in bytes; 0 where the loss lies in a sound member that also holds
  /// records.
  public var length: Int64
  /// What is lost of a member that also holds records, in its decompressed bytes.
  public var location: RecordLocation?
  /// What is wrong.
  public var reason: Reason

  /// Makes a stretch from its parts.
  public init(
    id: RecordID, offset: Int64, length: Int64, location: RecordLocation? = nil, reason: Reason
  ) {
    self.id = id
    self.offset = offset
    self.length = length
    self.location = location
    self.reason = reason
  }
}

/// How many bytes of an archive file were read, and as what; the three add up to the bytes read.
public struct ArchiveCoverage: Hashable, Sendable {
  /// Bytes of records and of the members that hold them.
  public internal(set) var records: Int64 = 0
  /// Bytes of damaged ranges.
  public internal(set) var damaged: Int64 = 0
  /// Bytes of the container format alone: a compression dictionary, skippable frames.
  public internal(set) var framing: Int64 = 0

  /// All bytes read so far.
  public var total: Int64 { records + damaged + framing }
}

/// Where a WARC record stands, to the byte.
///
/// In a compressed archive a record is found by the compressed member that holds it and its place
/// in that member's decompressed bytes; in a plain archive the member is the record itself.
public struct RecordLocation: Hashable, Sendable, Codable {
  /// The index of the archive among the run's inputs.
  public var input: Int
  /// The byte offset of the member in the file.
  public var memberOffset: Int64
  /// The member's length in the file, in bytes; 0 where one member holds the whole archive.
  public var memberLength: Int64
  /// The record's offset in the member's decompressed bytes; 0 in a plain archive.
  public var recordOffset: Int64
  /// The record's length, header included, in decompressed bytes.
  public var recordLength: Int64

  /// Makes a location from its parts.
  public init(
    input: Int, memberOffset: Int64, memberLength: Int64, recordOffset: Int64, recordLength: Int64
  ) {
    self.input = input
    self.memberOffset = memberOffset
    self.memberLength = memberLength
    self.recordOffset = recordOffset
    self.recordLength = recordLength
  }
}

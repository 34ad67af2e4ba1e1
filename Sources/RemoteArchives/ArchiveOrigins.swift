internal import Compression
internal import Documents
internal import Storage

/// Where a member of an archive came from: a range of bytes of another archive.
public struct RecordOrigin: Hashable, Sendable, Codable {
  /// The byte offset of the member in the archive that was made.
  public var start: Int64
  /// The archive that it came from, by its address without secrets.
  public var uri: String
  /// The member's byte offset there.
  public var offset: Int64
  /// The member's length, which is the same in both.
  public var length: Int64

  /// Makes an origin from its parts.
  public init(start: Int64, uri: String, offset: Int64, length: Int64) {
    self.start = start
    self.uri = uri
    self.offset = offset
    self.length = length
  }
}

/// The file beside an archive that says where its members came from: one line a member, in their order.
public enum ArchiveOrigins {
  /// The path of the file, for that of the archive.
  public static func path(of archive: String) -> String { archive + ".origins.jsonl.zst" }

  /// Where the member at an offset of an archive came from; `nil` where nothing says so.
  ///
  /// - Throws: `StorageError` and `JSONLinesError` where the file is there and cannot be read.
  public static func origin(of archive: String, at offset: Int64) throws -> RecordOrigin? {
    let path = path(of: archive)
    guard FileSystem.isFile(path) else { return nil }
    var reader = try JSONLinesReader<RecordOrigin>(path: path)
    while let origin = try reader.next() {
      if origin.start == offset { return origin }
      if origin.start > offset { return nil }
    }
    return nil
  }
}

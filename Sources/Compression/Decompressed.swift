/// What was decompressed from a run of bytes, and how it ended.
public struct Decompressed: Hashable, Sendable {
  /// How decompression ended.
  public enum Ending: Hashable, Sendable {
    /// At the end of the compressed data, with a right checksum.
    case complete
    /// The input ended before the compressed data did.
    case truncated
    /// The output reached its bound.
    case limitReached
    /// The bytes are damaged or not of this format; the text is the library's own.
    case damaged(String)
  }

  /// What was decompressed before the ending.
  public var bytes: [UInt8]
  /// How many bytes of the input were used; bytes after the compressed data are not.
  public var consumed: Int
  /// How decompression ended.
  public var ending: Ending

  /// Makes a result from its parts.
  public init(bytes: [UInt8], consumed: Int, ending: Ending) {
    self.bytes = bytes
    self.consumed = consumed
    self.ending = ending
  }
}

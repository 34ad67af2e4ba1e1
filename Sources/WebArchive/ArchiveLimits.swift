/// The bounds that reading an archive keeps, whatever the archive holds.
public struct ArchiveLimits: Hashable, Sendable {
  /// The longest header of a record, in bytes.
  public var maximumHeaderBytes = 1 << 18
  /// The longest block that is read, in bytes; a longer one is skipped.
  public var maximumBlockBytes = 1 << 26
  /// The largest member that is decompressed in one go, in bytes; a larger one is streamed.
  public var maximumBufferedMemberBytes = 1 << 26
  /// The largest compression dictionary that is read, in bytes.
  public var maximumDictionaryBytes = 1 << 26

  /// Makes the usual bounds.
  public init() {}
}

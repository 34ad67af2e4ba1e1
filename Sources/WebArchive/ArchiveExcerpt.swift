public import Storage

/// Bytes of an archive from an offset on, at hand without the rest of it.
public struct ArchiveExcerpt: Sendable {
  /// Where the bytes begin in the archive.
  public let offset: Int64
  /// The bytes.
  public let file: MappedFile

  /// Makes an excerpt from its parts.
  public init(offset: Int64, file: MappedFile) {
    self.offset = offset
    self.file = file
  }

  /// Whether the excerpt holds all bytes of a range of the archive.
  func contains(_ start: Int64, _ length: Int64) -> Bool {
    start >= offset && start - offset <= Int64(file.count)
      && length <= Int64(file.count) - (start - offset)
  }
}

/// The beginning of an archive, which tells its format and may hold its compression dictionary.
public enum ArchiveHead {
  /// So many bytes tell the format of any archive.
  public static let probeBytes = Int64(
    Resynchroniser.formatSearchBytes + MemberProbe.zstdBytes + (1 << 12))

  /// How many bytes are needed of an archive: those of a dictionary that it begins with included.
  ///
  /// - Parameters:
  ///   - beginning: The first ``probeBytes`` of the archive, or all of a smaller one.
  ///   - archiveBytes: The size of the archive.
  public static func byteCount(
    beginning: [UInt8], archiveBytes: Int64, limits: ArchiveLimits = ArchiveLimits()
  ) -> Int64 {
    let head = Array(beginning.prefix(SkippableFrame.headerBytes))
    let probe = min(probeBytes, archiveBytes)
    guard head.starts(with: ArchiveDictionary.magic), let length = SkippableFrame.length(head),
      length <= archiveBytes,
      length - SkippableFrame.headerBytes <= limits.maximumDictionaryBytes
    else { return probe }
    return max(probe, Int64(length))
  }
}

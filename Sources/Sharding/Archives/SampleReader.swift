/// Reads a WebDataset archive sample by sample: neighbouring files of one key belong together.
public struct SampleReader: Sendable {
  /// The files of one key.
  public struct Sample: Hashable, Sendable {
    /// The key.
    public var key: String
    /// The files, as they stand in the archive.
    public var entries: [TarReader.Entry]

    /// The file of a suffix, such as `json`; `nil` where there is none.
    public subscript(suffix: String) -> TarReader.Entry? {
      entries.first { $0.suffix == suffix }
    }
  }

  /// The most files of one sample.
  public static let entryLimit = 10_000

  private var reader: TarReader
  private var ahead: TarReader.Entry?

  /// Opens an archive.
  ///
  /// - Throws: ``ShardingError`` where it cannot be opened or its first header is damaged.
  public init(path: String) throws(ShardingError) {
    reader = try TarReader(path: path)
    ahead = try reader.next()
  }

  /// Gives the next sample; `nil` at the archive's end.
  ///
  /// - Throws: ``ShardingError`` where the archive is damaged, cut short, or a sample has more files
  ///   than ``entryLimit``.
  public mutating func next() throws(ShardingError) -> Sample? {
    guard let first = ahead else { return nil }
    var sample = Sample(key: first.key, entries: [first])
    ahead = try reader.next()
    while let entry = ahead, entry.key == sample.key {
      guard sample.entries.count < Self.entryLimit else {
        throw ShardingError(
          .damaged, path: reader.path,
          "sample '\(sample.key)' has more than \(Self.entryLimit) files; make the archive again")
      }
      sample.entries.append(entry)
      ahead = try reader.next()
    }
    return sample
  }

  /// Copies a file's bytes.
  public func bytes(of entry: TarReader.Entry) -> [UInt8] { reader.bytes(of: entry) }
}

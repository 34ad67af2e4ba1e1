public import Documents
public import ObjectStores
internal import Storage
public import WebArchive

/// One archive of a store, read by ranges of its bytes.
public final class RemoteArchive: Sendable {
  private let archive: ArchiveName
  private let uri: ObjectURI
  private let store: ObjectStore
  private let limits: ArchiveLimits
  private let head: MappedFile

  /// Records so near to each other are read by one range: asking again costs as much.
  private static let bridgedBytes: Int64 = 1 << 20
  /// Of a span so many bytes of records lie in memory; one with more lies in a file that has no name.
  private static let memoryBytes: Int64 = 16 << 20

  /// Opens an archive and reads its beginning.
  ///
  /// - Parameter uri: Where it lies; `nil` is where its name says.
  /// - Throws: `ObjectStoreError` where it cannot be read or has changed.
  public init(
    _ archive: ArchiveName, at uri: ObjectURI? = nil, in store: ObjectStore,
    limits: ArchiveLimits = ArchiveLimits()
  ) throws {
    self.archive = archive
    self.uri = try uri ?? ObjectURI(archive.name)
    self.store = store
    self.limits = limits
    var bytes = try store.read(
      self.uri, 0..<min(ArchiveHead.probeBytes, archive.byteCount), of: archive.info)
    let wanted = ArchiveHead.byteCount(
      beginning: bytes, archiveBytes: archive.byteCount, limits: limits)
    if wanted > bytes.count {
      bytes += try store.read(self.uri, Int64(bytes.count)..<wanted, of: archive.info)
    }
    head = MappedFile(holding: bytes, as: archive.name)
  }

  /// Reads the bytes of some records, by several requests at once, and makes a reader of them.
  ///
  /// - Parameters:
  ///   - locations: Of records that stand in members of their own, or in an archive without members.
  ///   - directory: Where spans that are too long for memory are kept meanwhile; `nil` keeps all in memory.
  /// - Returns: A reader of those records only; `nil` where one of them shares its member with others, of
  ///   which the end is not known.
  public func recordReader(
    for locations: some Sequence<RecordLocation>, directory: String?
  ) throws -> RecordReader? {
    guard let stretches = stretches(of: locations) else { return nil }
    var excerpts: [ArchiveExcerpt] = []
    var cutter = StretchCutter(name: archive.name)
    var spans: [Range<Int64>] = []
    for span in WantedSpan.all(of: stretches, bridging: Self.bridgedBytes) {
      if let directory, span.wantedBytes > Self.memoryBytes {
        let file = try file(of: span.bytes, directory)
        excerpts.append(ArchiveExcerpt(offset: span.bytes.lowerBound, file: file))
      } else {
        spans.append(span.bytes)
        cutter.stretches += span.stretches
      }
    }
    try store.stream(uri, spans, of: archive.info) { cutter.take($1, at: $0) }
    excerpts = (excerpts + cutter.excerpts).sorted { $0.offset < $1.offset }
    return RecordReader(
      excerpts: excerpts, head: head, archiveBytes: archive.byteCount,
      archiveDigest: archive.digest, limits: limits)
  }

  /// The bytes of records, in order and without overlaps; `nil` where the end of one is not known.
  private func stretches(of locations: some Sequence<RecordLocation>) -> [Range<Int64>]? {
    var stretches: [Range<Int64>] = []
    for location in locations.sorted(by: { $0.memberOffset < $1.memberOffset }) {
      guard location.memberLength > 0 else { return nil }
      let end = location.memberOffset.addingReportingOverflow(location.memberLength)
      guard !end.overflow, location.memberOffset >= 0, end.partialValue <= archive.byteCount else {
        // The reader itself says that there is no such record.
        continue
      }
      if let last = stretches.last, location.memberOffset <= last.upperBound {
        stretches[stretches.count - 1] =
          last.lowerBound..<max(last.upperBound, end.partialValue)
      } else {
        stretches.append(location.memberOffset..<end.partialValue)
      }
    }
    return stretches
  }

  private func file(of span: Range<Int64>, _ directory: String) throws -> MappedFile {
    let path = "\(directory)/span-\(UInt64.random(in: .min ... .max))"
    let file = try AtomicFile(path: path)
    try store.stream(uri, span, of: archive.info) { try file.write($0) }
    try file.commit()
    defer { try? FileSystem.remove(path) }
    return try MappedFile(path: path)
  }
}

internal import Compression
public import Documents
internal import Hashing
public import Storage

/// A reader of single records of one archive file, by their places.
///
/// Any number of threads may read from one reader. A record in a member of its own is read by
/// decompressing that member; one among several, by decompressing the member up to the record's
/// end.
public struct RecordReader: Sendable {
  /// In the order of their offsets; one of all bytes where the whole archive is at hand.
  private let excerpts: [ArchiveExcerpt]
  private let archiveBytes: Int64
  private let digest: Digest
  private let format: ArchiveFormat
  private let dictionary: ZstdDictionary?
  private let limits: ArchiveLimits

  /// Opens an archive.
  ///
  /// - Parameter archiveDigest: The SHA-256 of the file, from which the records' identities are
  ///   made.
  /// - Throws: ``StorageError`` where the file cannot be opened.
  public init(
    path: String, archiveDigest: Digest, limits: ArchiveLimits = ArchiveLimits()
  ) throws(StorageError) {
    let file = try MappedFile(path: path)
    self.init(
      excerpts: [ArchiveExcerpt(offset: 0, file: file)], head: file,
      archiveBytes: Int64(file.count), archiveDigest: archiveDigest, limits: limits)
  }

  /// Makes a reader of the records that lie in some excerpts of an archive.
  ///
  /// - Parameters:
  ///   - excerpts: In the order of their offsets, none of which overlap.
  ///   - head: The beginning of the archive, as long as ``ArchiveHead`` tells; its path ends as the archive's
  ///     name.
  ///   - archiveBytes: The size of the whole archive.
  ///   - archiveDigest: The SHA-256 of the whole archive.
  public init(
    excerpts: [ArchiveExcerpt], head: MappedFile, archiveBytes: Int64, archiveDigest: Digest,
    limits: ArchiveLimits = ArchiveLimits()
  ) {
    self.excerpts = excerpts
    self.archiveBytes = archiveBytes
    digest = archiveDigest
    format = ArchiveFormat(of: head, archiveBytes: archiveBytes)
    dictionary =
      ArchiveDictionary(of: head, format: format, archiveBytes: archiveBytes, limits: limits)
      .dictionary
    self.limits = limits
  }

  /// Reads the record at a place that ``ArchiveReader`` told.
  ///
  /// - Returns: The same record, or `noSuchRecord` where none of that length stands there, or why
  ///   it cannot be read.
  public func record(at location: RecordLocation) -> Decision<WARCRecord> {
    guard 0..<archiveBytes ~= location.memberOffset, location.recordOffset >= 0,
      location.recordLength > 0, location.memberLength <= archiveBytes - location.memberOffset
    else { return .dropped(Reason(.noSuchRecord)) }
    let excerpt = excerpt(with: location)
    var stream = MemberStream(
      file: excerpt.file, format: format, dictionary: dictionary, limits: limits,
      windowBytes: windowBytes(for: location))
    stream.open(
      at: Int(location.memberOffset - excerpt.offset), inOneGo: location.memberLength > 0)
    guard stream.skip(location.recordOffset) else {
      if case .failed(let reason) = stream.ending { return .dropped(reason) }
      return .dropped(Reason(.noSuchRecord))
    }
    switch stream.readRecord() {
    case .dropped(let reason): return .dropped(reason)
    case .kept(let raw):
      guard raw.length == location.recordLength else { return .dropped(Reason(.noSuchRecord)) }
      let id = RecordID(
        archive: digest, memberOffset: location.memberOffset, recordOffset: location.recordOffset)
      return .kept(
        WARCRecord(header: raw.header, id: id, location: location, block: raw.block))
    }
  }

  /// Reads the response that the record at a place archives.
  ///
  /// - Parameter original: The place of the record that a revisit repeats.
  /// - Returns: The response, or `noSuchRecord`, or why it cannot be read.
  public func response(
    at location: RecordLocation, repeating original: RecordLocation? = nil
  ) -> Decision<HTTPResponse> {
    switch record(at: location) {
    case .dropped(let reason): return .dropped(reason)
    case .kept(let found):
      guard let original else { return HTTPResponse.archived(by: found) }
      switch record(at: original) {
      case .dropped(let reason): return .dropped(reason)
      case .kept(let earlier): return HTTPResponse.archived(by: found, repeating: earlier)
      }
    }
  }

  private func excerpt(with location: RecordLocation) -> ArchiveExcerpt {
    var (low, high) = (0, excerpts.count)
    while low < high {
      let middle = (low + high) / 2
      if excerpts[middle].offset <= location.memberOffset {
        low = middle + 1
      } else {
        high = middle
      }
    }
    // What is not at hand must not look like a record that is not there.
    guard low > 0, excerpts[low - 1].contains(location.memberOffset, location.memberLength) else {
      preconditionFailure("the bytes of a record are brought before it is read")
    }
    return excerpts[low - 1]
  }

  /// Room for the record and the line ends around it.
  private func windowBytes(for location: RecordLocation) -> Int {
    guard location.memberLength > 0 else { return 1 }
    let lineEnds: Int64 = 64
    let wanted = location.recordOffset.addingReportingOverflow(location.recordLength)
    let most = Int64(limits.maximumBufferedMemberBytes)
    return wanted.overflow || wanted.partialValue > most
      ? Int(most) : Int(wanted.partialValue + lineEnds)
  }
}

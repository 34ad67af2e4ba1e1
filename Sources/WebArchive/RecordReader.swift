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
  private let file: MappedFile
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
    file = try MappedFile(path: path)
    digest = archiveDigest
    format = ArchiveFormat(of: file)
    dictionary = ArchiveDictionary(of: file, format: format, limits: limits).dictionary
    self.limits = limits
  }

  /// Reads the record at a place that ``ArchiveReader`` told.
  ///
  /// - Returns: The same record, or `noSuchRecord` where none of that length stands there, or why
  ///   it cannot be read.
  public func record(at location: RecordLocation) -> Decision<WARCRecord> {
    guard 0..<Int64(file.count) ~= location.memberOffset, location.recordOffset >= 0,
      location.recordLength > 0
    else { return .dropped(Reason(.noSuchRecord)) }
    var stream = MemberStream(
      file: file, format: format, dictionary: dictionary, limits: limits,
      windowBytes: windowBytes(for: location))
    stream.open(at: Int(location.memberOffset), inOneGo: location.memberLength > 0)
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

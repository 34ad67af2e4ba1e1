internal import Documents
internal import Glibc
internal import Hashing
internal import TestSupport
internal import WebArchive

/// Every byte of an archive is accounted for, and every record can be read again from its place.
enum ArchiveTarget {
  private static let directory = TemporaryDirectory()

  /// Small bounds, so that a run takes milliseconds and bounds are met.
  private static var limits: ArchiveLimits {
    var limits = ArchiveLimits()
    limits.maximumHeaderBytes = 1 << 14
    limits.maximumBlockBytes = 1 << 18
    limits.maximumBufferedMemberBytes = 1 << 18
    limits.maximumDictionaryBytes = 1 << 18
    return limits
  }

  static func run(_ bytes: [UInt8]) {
    // The name has no extension, so the bytes alone tell the format.
    let path = directory.file("archive-\(pthread_self())")
    write(bytes, to: path)
    let digest = Digest(of: bytes)
    guard
      var archive = try? ArchiveReader(
        path: path, input: 0, archiveDigest: digest, limits: limits),
      let records = try? RecordReader(path: path, archiveDigest: digest, limits: limits)
    else { fatalError("the archive cannot be opened") }
    var revisits = RevisitIndex(maximumRecords: 8)
    var count = 0
    while let item = archive.next() {
      guard case .record(let record) = item else { continue }
      count += 1
      // Reading a record again takes a decompressor of its own, hundreds of times the cost of a small one.
      if count <= 4 { check(record, records, &revisits) }
    }
    precondition(archive.coverage.total == archive.byteCount, "every byte is read as something")
  }

  private static func check(
    _ record: WARCRecord, _ records: RecordReader, _ revisits: inout RevisitIndex
  ) {
    precondition(records.record(at: record.location) == .kept(record), "a record is read again")
    let url = record.targetURI ?? ""
    let original = revisits.original(of: record, url: url)
    revisits.add(record, url: url, mediaType: nil)
    var limits = HTTPLimits()
    limits.maximumBodyBytes = 1 << 20
    let response = HTTPResponse.archived(by: record, limits: limits).value
    precondition((response?.body.count ?? 0) <= limits.maximumBodyBytes, "bodies are bounded")
    if let original {
      _ = records.response(at: record.location, repeating: original.record.location)
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) {
    guard let file = fopen(path, "w") else { fatalError("cannot write '\(path)'") }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
}

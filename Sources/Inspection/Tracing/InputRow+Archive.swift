internal import Documents
internal import Provenance
internal import RemoteArchives
internal import WebArchive

extension InputRow {
  /// The archive as the way to its bytes names it.
  var archive: ArchiveName { ArchiveName(name: path, byteCount: bytes, digest: digest) }

  /// A reader of some records of the archive; what lies in a store is read by ranges of bytes.
  func recordReader(for locations: [RecordLocation]) throws -> RecordReader {
    try ArchiveAccess.ofProcess.recordReader(of: archive, for: locations)
  }
}

extension ArchiveAccess {
  /// The way to archives for those that look at runs, who keep no copies.
  static let ofProcess = ArchiveAccess()
}

internal import Documents
internal import WebArchive

extension ReadConfiguration {
  /// The bounds that reading an archive keeps.
  var limits: ArchiveLimits {
    var limits = ArchiveLimits()
    limits.maximumBlockBytes = maximumBlockBytes
    return limits
  }
}

extension RunContext {
  /// Opens an archive of the run.
  func recordReader(_ input: Int) throws -> RecordReader {
    try RecordReader(
      path: inputs[input].path, archiveDigest: inputs[input].digest,
      limits: configuration.read.limits)
  }
}

internal import Documents
internal import ObjectStores
internal import RemoteArchives
internal import WebArchive

extension ReadConfiguration {
  /// The bounds that reading an archive keeps.
  var limits: ArchiveLimits {
    var limits = ArchiveLimits()
    limits.maximumBlockBytes = maximumBlockBytes
    return limits
  }
}

extension StoreConfiguration {
  /// The configuration of a store that a run does not wait for once it is asked to stop.
  func stopping(with interruption: Interruption) -> StoreConfiguration {
    var configuration = self
    configuration.isStopped = { interruption.isRaised }
    return configuration
  }
}

extension ReadConfiguration {
  /// The way to the bytes of a run's archives.
  func archives(
    in directory: RunDirectory,
    _ stores: @escaping @Sendable () throws -> StoreConfiguration = { try .ofProcess() }
  ) -> ArchiveAccess {
    ArchiveAccess(
      cache: directory.path(RunDirectory.archiveCopies), maximumBytes: Int64(cacheBytes),
      configure: stores)
  }
}

extension RunContext {
  /// A reader of some records of an archive of the run; of a file, of all.
  func recordReader(_ input: Int, for locations: [RecordLocation]) throws -> RecordReader {
    try archives.recordReader(
      of: inputs[input].archive, for: locations, limits: configuration.read.limits)
  }
}

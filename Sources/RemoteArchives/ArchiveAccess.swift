public import Documents
public import ObjectStores
internal import Storage
internal import Synchronization
public import WebArchive

/// The way to the bytes of archives, wherever they lie: files, copies of objects, or ranges of objects.
///
/// Any number of threads may use it. Files are read as they are; nothing of a store is asked for before an
/// archive of one is opened.
public final class ArchiveAccess: Sendable {
  private struct State {
    var store: ObjectStore?
    var cache: ArchiveCache?
    var addresses: [String: ObjectURI] = [:]
    var archives: [String: RemoteArchive] = [:]
  }

  private static let rememberedArchives = 16

  private let directory: String?
  private let maximumBytes: Int64
  private let configure: @Sendable () throws -> StoreConfiguration
  private let state = Mutex(State())

  /// Makes a way to archives.
  ///
  /// - Parameters:
  ///   - cache: The directory of copies; without one all is read by ranges.
  ///   - maximumBytes: How large the copies may be together.
  ///   - configure: How stores are spoken to, asked once one is.
  public init(
    cache: String? = nil, maximumBytes: Int64 = 0,
    configure: @escaping @Sendable () throws -> StoreConfiguration = { try .ofProcess() }
  ) {
    directory = cache
    self.maximumBytes = maximumBytes
    self.configure = configure
  }

  /// Says where the archive of a name lies, whose name does not say all of it.
  public func remember(_ uri: ObjectURI) {
    state.withLock { $0.addresses["\(uri)"] = uri }
  }

  /// The store that objects are read from.
  public func store() throws -> ObjectStore {
    if let store = state.withLock({ $0.store }) { return store }
    let store = ObjectStore(try configure())
    return state.withLock { state in
      let known = state.store ?? store
      state.store = known
      return known
    }
  }

  /// The copies of archives; `nil` without a directory for them.
  public func cache() throws -> ArchiveCache? {
    guard let directory else { return nil }
    if let cache = state.withLock({ $0.cache }) { return cache }
    let cache = try ArchiveCache(
      directory: directory, maximumBytes: maximumBytes, store: store())
    return state.withLock { state in
      let known = state.cache ?? cache
      state.cache = known
      return known
    }
  }

  /// A whole archive as a file.
  ///
  /// - Returns: Its path, which holds as long as the second value is held.
  public func file(
    of archive: ArchiveName, isStopped: () -> Bool = { false }
  ) throws -> (path: String, copy: ArchiveCache.Copy?) {
    guard archive.isRemote else { return (archive.name, nil) }
    guard let cache = try cache() else {
      preconditionFailure("a whole archive of a store needs a directory for its copy")
    }
    let copy = try cache.copy(
      of: archive.name, at: address(of: archive), archive.info, digest: archive.digest,
      isStopped: isStopped)
    return (copy.path, copy)
  }

  /// A reader of all records of an archive whose bytes are on this machine; `nil` of an object that is not.
  ///
  /// - Throws: `StorageError`.
  public func recordReader(
    of archive: ArchiveName, limits: ArchiveLimits = ArchiveLimits()
  ) throws -> RecordReader? {
    guard archive.isRemote else {
      return try RecordReader(path: archive.name, archiveDigest: archive.digest, limits: limits)
    }
    guard let copy = try cache()?.copy(of: archive.name, archive.info) else { return nil }
    return try RecordReader(path: copy.path, archiveDigest: archive.digest, limits: limits)
  }

  /// A reader of some records of an archive.
  ///
  /// Of a file or a copy it reads any record; of an object only those that were named, whose bytes are read
  /// here and now.
  ///
  /// - Throws: `ObjectStoreError`, `StorageError`.
  public func recordReader(
    of archive: ArchiveName, for locations: some Sequence<RecordLocation>,
    limits: ArchiveLimits = ArchiveLimits(), isStopped: () -> Bool = { false }
  ) throws -> RecordReader {
    if let reader = try recordReader(of: archive, limits: limits) { return reader }
    let remote = try remote(archive, limits)
    if let reader = try remote.recordReader(for: locations, directory: directory) { return reader }
    guard directory != nil else {
      throw ObjectStoreError(
        .unsupported,
        "\(archive.name): its records share compressed members, of which none can be read alone; copy the "
          + "archive to this machine")
    }
    let (path, copy) = try file(of: archive, isStopped: isStopped)
    defer { withExtendedLifetime(copy) {} }
    return try RecordReader(path: path, archiveDigest: archive.digest, limits: limits)
  }

  /// The address of an archive, secrets included.
  public func address(of archive: ArchiveName) throws -> ObjectURI {
    try state.withLock { $0.addresses[archive.name] } ?? ObjectURI(archive.name)
  }

  private func remote(_ archive: ArchiveName, _ limits: ArchiveLimits) throws -> RemoteArchive {
    if let known = state.withLock({ $0.archives[archive.name] }) { return known }
    let remote = try RemoteArchive(
      archive, at: address(of: archive), in: store(), limits: limits)
    state.withLock { state in
      // Each holds the beginning of its archive.
      if state.archives.count >= Self.rememberedArchives { state.archives = [:] }
      state.archives[archive.name] = remote
    }
    return remote
  }
}

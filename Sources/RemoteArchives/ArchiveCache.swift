public import Documents
internal import Hashing
public import ObjectStores
internal import Storage
internal import Synchronization

/// Copies of archives of stores on the local disk, within a bound.
///
/// A copy that is in use stays; of the others those go first that were used longest ago. One archive for each
/// user at a time may lie beyond the bound, since nothing could be read otherwise.
public final class ArchiveCache: Sendable {
  private struct Entry {
    var bytes: Int64
    var users = 0
    var lastUse = 0
    var isComplete = false
  }

  private struct State {
    var entries: [String: Entry] = [:]
    var uses = 0
  }

  /// The directory of the copies.
  public let directory: String
  private let maximumBytes: Int64
  private let store: ObjectStore
  private let state: Mutex<State>
  /// Held while a copy is made, so that two users of one archive do not read it twice.
  private let copying = KeyedLocks()

  /// Opens a directory of copies, those of an earlier run included.
  public init(directory: String, maximumBytes: Int64, store: ObjectStore) throws {
    self.directory = directory
    self.maximumBytes = maximumBytes
    self.store = store
    var state = State()
    if Directory.isDirectory(directory) {
      for name in try Directory.names(in: directory) {
        guard let bytes = FileSystem.size("\(directory)/\(name)") else { continue }
        if name.hasPrefix("span-") {
          try FileSystem.remove("\(directory)/\(name)")
        } else {
          state.entries[name] = Entry(bytes: bytes, isComplete: true)
        }
      }
    }
    self.state = Mutex(state)
  }

  /// A copy that stays as long as somebody holds it.
  public final class Copy: Sendable {
    /// The path of the copy.
    public let path: String
    private let release: @Sendable () -> Void

    init(path: String, release: @escaping @Sendable () -> Void) {
      self.path = path
      self.release = release
    }

    deinit { release() }
  }

  /// The copy of an archive, if there is one.
  public func copy(of name: String, _ info: ObjectInfo) -> Copy? {
    let file = Self.fileName(name, info)
    let isThere = state.withLock { state in
      guard let entry = state.entries[file], entry.isComplete, entry.bytes == info.size else {
        return false
      }
      Self.use(file, &state)
      return true
    }
    return isThere ? held(file) : nil
  }

  /// The copy of an archive, which is made where there is none.
  ///
  /// - Parameter digest: What the bytes must have; `nil` where that is not known yet.
  /// - Throws: `ObjectStoreError`, `StorageError`, `CancellationError`.
  public func copy(
    of name: String, at uri: ObjectURI, _ info: ObjectInfo, digest: Digest?,
    isStopped: () -> Bool
  ) throws -> Copy {
    let file = Self.fileName(name, info)
    return try copying.withLock(file) {
      if let copy = copy(of: name, info) { return copy }
      try makeRoom(for: info.size, file)
      do {
        let found = try store.download(
          uri, to: "\(directory)/\(file)", of: info, isStopped: isStopped)
        if let digest, found != digest {
          throw ObjectStoreError(
            .changed,
            "\(name) holds other bytes than when the run began; bring them back, or run into another output"
          )
        }
      } catch {
        state.withLock { $0.entries[file] = nil }
        try? FileSystem.remove("\(directory)/\(file)")
        throw error
      }
      state.withLock { $0.entries[file]?.isComplete = true }
      return held(file)
    }
  }

  /// Digests an archive, and keeps a copy where there is room without removing another.
  public func digest(
    of name: String, at uri: ObjectURI, _ info: ObjectInfo, isStopped: () -> Bool
  ) throws -> Digest {
    let file = Self.fileName(name, info)
    if let copy = copy(of: name, info) { return try Digest(ofFile: copy.path) }
    let hasRoom = state.withLock { state in
      let held = state.entries.values.reduce(0) { $0 + $1.bytes }
      guard held + info.size <= maximumBytes else { return false }
      state.entries[file] = Entry(bytes: info.size, users: 1)
      return true
    }
    guard hasRoom else { return try store.digest(uri, of: info, isStopped: isStopped) }
    do {
      let digest = try store.download(
        uri, to: "\(directory)/\(file)", of: info, isStopped: isStopped)
      state.withLock {
        $0.entries[file]?.users = 0
        $0.entries[file]?.isComplete = true
      }
      return digest
    } catch {
      state.withLock { $0.entries[file] = nil }
      throw error
    }
  }

  private func held(_ file: String) -> Copy {
    Copy(path: "\(directory)/\(file)") { [self] in release(file) }
  }

  /// Ends a use, and removes the copy where all of them are more than may be.
  private func release(_ file: String) {
    let isSurplus = state.withLock { state in
      state.entries[file]?.users -= 1
      let held = state.entries.values.reduce(0) { $0 + $1.bytes }
      guard held > maximumBytes, state.entries[file]?.users == 0 else { return false }
      state.entries[file] = nil
      return true
    }
    // What stays is found and counted by the next run.
    if isSurplus { try? FileSystem.remove("\(directory)/\(file)") }
  }

  private static func use(_ file: String, _ state: inout State) {
    state.uses += 1
    state.entries[file]?.users += 1
    state.entries[file]?.lastUse = state.uses
  }

  /// Enters a copy that is about to be made, and removes others until it fits or all others are in use.
  private func makeRoom(for bytes: Int64, _ file: String) throws {
    let removed = state.withLock { state in
      var removed: [String] = []
      var held = state.entries.values.reduce(0) { $0 + $1.bytes }
      let idle = state.entries.filter { $0.value.users == 0 && $0.value.isComplete }
        .sorted { $0.value.lastUse < $1.value.lastUse }
      for (name, entry) in idle where held + bytes > maximumBytes {
        state.entries[name] = nil
        held -= entry.bytes
        removed.append(name)
      }
      state.entries[file] = Entry(bytes: bytes)
      Self.use(file, &state)
      return removed
    }
    for name in removed { try FileSystem.remove("\(directory)/\(name)") }
  }

  /// The name of a copy: it tells states of an object apart, and ends as the archive's name, which tells its
  /// format.
  private static func fileName(_ name: String, _ info: ObjectInfo) -> String {
    let key = Digest(of: "\(name)\n\(info.size)\n\(info.version ?? "")".utf8)
    let last = name.split(separator: "/").last.map(String.init) ?? ""
    return "\(Hexadecimal.encode(key.bytes.prefix(16)))-\(last.suffix(80))"
  }
}

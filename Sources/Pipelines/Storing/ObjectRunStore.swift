internal import Documents
internal import ObjectStores
internal import Storage

/// A run in a bucket, below a prefix.
public struct ObjectRunStore: RunStore {
  private let store: ObjectStore
  private let root: ObjectURI

  /// Opens the store that the environment describes.
  ///
  /// - Parameter interruption: Ends waits for the store.
  /// - Throws: `ObjectStoreError` where the address is none, or the environment's settings cannot be.
  public init(_ address: String, interruption: Interruption = Interruption()) throws {
    store = ObjectStore(try StoreConfiguration.ofProcess().stopping(with: interruption))
    root = try ObjectURI(address)
  }

  /// The address of the run.
  public var address: String { root.description }

  /// The bytes of an object.
  public func read(_ name: String) throws -> [UInt8]? {
    do { return try store.read(uri(name), limit: 1 << 30).bytes } catch let error
      as ObjectStoreError
    {
      if error.code == .noObject { return nil }
      throw error
    }
  }

  /// Copies an object to this machine.
  public func download(_ name: String, to path: String) throws {
    let uri = try uri(name)
    do {
      try AtomicFile.write(store.read(uri, limit: Self.oneRequestBytes).bytes, to: path)
    } catch let error as ObjectStoreError where error.code == .tooLarge {
      _ = try store.download(uri, to: path, of: store.head(uri))
    }
  }

  /// Up to so many bytes an object is read by one request, which costs less than asking for its size first.
  private static let oneRequestBytes = 8 << 20

  /// Copies a file of this machine to an object.
  public func upload(_ path: String, as name: String) throws {
    _ = try store.put(file: path, to: uri(name))
  }

  /// Writes an object.
  public func write(_ bytes: [UInt8], as name: String) throws {
    _ = try store.put(bytes, to: uri(name))
  }

  /// Writes an object by `If-None-Match: *`.
  public func create(_ bytes: [UInt8], as name: String) throws -> Bool {
    try store.put(bytes, to: uri(name), .absent) == .written
  }

  /// The names of the objects that begin so.
  public func names(beginning prefix: String) throws -> [String] {
    let base = (root.key ?? "") + "/"
    return try store.list(uri(prefix)).compactMap {
      $0.uri.key.map { String($0.dropFirst(base.count)) }
    }
  }

  /// Removes an object.
  public func remove(_ name: String) throws { try store.remove(uri(name)) }

  private func uri(_ name: String) throws -> ObjectURI {
    try root.with(key: (root.key ?? "") + "/" + name)
  }
}

internal import Documents
internal import Storage

/// Where a run is kept for all machines: named files that are read and written whole.
///
/// It is what an object store can do: no renaming, no directories, and one kind of write that never
/// replaces anything.
public protocol RunStore: Sendable {
  /// What errors call it.
  var address: String { get }

  /// The bytes of a small file; `nil` where there is none.
  func read(_ name: String) throws -> [UInt8]?

  /// Copies a file to this machine.
  ///
  /// - Throws: An error where there is none.
  func download(_ name: String, to path: String) throws

  /// Copies a file of this machine into the store, in the place of what has its name.
  func upload(_ path: String, as name: String) throws

  /// Writes a small file, in the place of what has its name.
  func write(_ bytes: [UInt8], as name: String) throws

  /// Writes a small file unless something has its name.
  ///
  /// - Returns: Whether it is there with these bytes; of all who write one name at once, it is `true` for
  ///   one, or for several of equal bytes.
  func create(_ bytes: [UInt8], as name: String) throws -> Bool

  /// The names that begin so, in order.
  func names(beginning prefix: String) throws -> [String]

  /// Removes a file; it is no error where there is none.
  func remove(_ name: String) throws
}

/// A store in a directory that several machines share, or that stands for an object store in a test.
public struct DirectoryStore: RunStore {
  private let root: RunDirectory

  /// Names the directory; it is made with the first file.
  public init(_ root: String) { self.root = RunDirectory(root) }

  /// The directory.
  public var address: String { root.root }

  /// The bytes of a file.
  public func read(_ name: String) throws -> [UInt8]? {
    let path = root.path(name)
    return FileSystem.isFile(path) ? try FileSystem.read(path, limit: 1 << 30) : nil
  }

  /// Copies a file out of the directory.
  public func download(_ name: String, to path: String) throws {
    try Self.copy(root.path(name), to: path)
  }

  /// Copies a file into the directory.
  public func upload(_ path: String, as name: String) throws {
    try Self.copy(path, to: root.path(name))
  }

  /// Writes a file.
  public func write(_ bytes: [UInt8], as name: String) throws {
    try AtomicFile.write(bytes, to: root.path(name))
  }

  /// Writes a file unless there is one, by link(2).
  public func create(_ bytes: [UInt8], as name: String) throws -> Bool {
    let own = root.path(name) + ".\(UInt64.random(in: 0...(.max)))"
    try AtomicFile.write(bytes, to: own)
    defer { try? FileSystem.remove(own) }
    return try FileSystem.link(own, as: root.path(name))
  }

  /// The names of files in the one directory that a prefix ends in, or names.
  public func names(beginning prefix: String) throws -> [String] {
    var found: [String] = []
    let folder = prefix.lastIndex(of: "/").map { String(prefix[..<$0]) } ?? ""
    try add(folder, beginning: prefix, to: &found)
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Removes a file.
  public func remove(_ name: String) throws { try FileSystem.remove(root.path(name)) }

  private func add(_ folder: String, beginning prefix: String, to found: inout [String]) throws {
    let path = root.path(folder)
    guard Directory.isDirectory(path) else { return }
    for name in try Directory.names(in: path) {
      let inner = folder.isEmpty ? name : folder + "/" + name
      if Directory.isDirectory(root.path(inner)) {
        try add(inner, beginning: prefix, to: &found)
      } else if inner.hasPrefix(prefix) {
        found.append(inner)
      }
    }
  }

  private static func copy(_ path: String, to other: String) throws {
    let source = try MappedFile(path: path)
    let file = try AtomicFile(path: other)
    for start in stride(from: 0, to: source.count, by: 1 << 20) {
      try file.write(source.copy(start..<min(start + 1 << 20, source.count)))
    }
    try file.commit()
  }
}

@testable import Pipelines

/// A store in which something happens before each change.
struct HookedStore: RunStore {
  enum Operation { case upload, write, create, remove }

  let store: any RunStore
  /// Told what is about to be done, and to which object.
  let hook: @Sendable (Operation, String) throws -> Void

  var address: String { store.address }
  func read(_ name: String) throws -> [UInt8]? { try store.read(name) }
  func names(beginning prefix: String) throws -> [String] { try store.names(beginning: prefix) }
  func download(_ name: String, to path: String) throws { try store.download(name, to: path) }

  func upload(_ path: String, as name: String) throws {
    try hook(.upload, name)
    try store.upload(path, as: name)
  }

  func write(_ bytes: [UInt8], as name: String) throws {
    try hook(.write, name)
    try store.write(bytes, as: name)
  }

  func create(_ bytes: [UInt8], as name: String) throws -> Bool {
    try hook(.create, name)
    return try store.create(bytes, as: name)
  }

  func remove(_ name: String) throws {
    try hook(.remove, name)
    try store.remove(name)
  }
}

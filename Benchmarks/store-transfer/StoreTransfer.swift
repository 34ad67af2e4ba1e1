import Documents
import Foundation
import Hashing
import ObjectStores
import Storage

/// Tries the client on a store, and measures how fast archives come from it: what `scripts/test-s3` runs.
///
///     store-transfer check s3://bucket/prefix
///     store-transfer digest URI-OR-PATH [CONNECTIONS]
@main
enum StoreTransfer {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "check" where arguments.count == 2: try check(try ObjectURI(arguments[1]))
    case "digest" where 2...3 ~= arguments.count:
      try digest(arguments[1], connections: arguments.count > 2 ? Int(arguments[2]) : nil)
    default:
      FileHandle.standardError.write(
        Data("usage: store-transfer check s3://bucket/prefix | digest URI [CONNECTIONS]\n".utf8))
      exit(64)
    }
  }

  /// Does everything the client can do under a prefix, and leaves nothing there.
  private static func check(_ prefix: ObjectURI) throws {
    var configuration = try StoreConfiguration.ofProcess()
    configuration.partBytes = 5 << 20
    let store = ObjectStore(configuration)
    let folder = prefix.key.map { $0.isEmpty ? "" : $0 + "/" } ?? ""
    func uri(_ name: String) throws -> ObjectURI { try prefix.with(key: folder + name) }
    let bytes = (0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    let odd = try uri("odd name=a+b/ü&<%2F>.bin")
    try expect("put", store.put(bytes, to: odd) == .written)
    let info = try store.head(odd)
    try expect("head", info.size == Int64(bytes.count) && info.tag != nil)
    try expect("range", store.read(odd, 777..<999_999, of: info) == Array(bytes[777..<999_999]))
    try expect("whole", store.read(odd, limit: 1 << 21).bytes == bytes)
    try expect("listed", store.list(prefix.with(key: folder)).map(\.uri) == [odd])
    try expect("pattern", store.matching(uri("odd*/*.bin")).count == 1)
    let claim = try uri("claim")
    let outcomes = claims(store, claim)
    try expect("one of 20 claims", outcomes.filter { $0 == .written }.count == 1)
    try expect("the others see it", outcomes.filter { $0 == .alreadyThere }.count == 19)
    try large(store, uri("large"))
    let many = try (0..<1100).map { try uri("many/\($0)") }
    for uri in many { try store.put([1], to: uri) }
    try expect("pages of keys", store.list(uri("many/")).count == many.count)
    try changed(store, odd, info)
    try expect("missing", store.find(uri("none")) == nil)
    for uri in many + [odd, claim, try uri("large")] { try store.remove(uri) }
    try expect("removed", store.list(prefix.with(key: folder)).isEmpty)
  }

  private static func claims(_ store: ObjectStore, _ uri: ObjectURI) -> [PutOutcome] {
    let results = Outcomes()
    DispatchQueue.concurrentPerform(iterations: 20) { number in
      if let outcome = try? store.put([UInt8(number)], to: uri, .absent) { results.add(outcome) }
    }
    return results.all
  }

  private static func large(_ store: ObjectStore, _ uri: ObjectURI) throws {
    let path = FileManager.default.temporaryDirectory.path + "/store-transfer-\(getpid())"
    defer { try? FileSystem.remove(path) }
    let bytes = (0..<(23 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 16) }
    try AtomicFile.write(bytes, to: path)
    try expect("parts", store.put(file: path, to: uri) == .written)
    let digest = try store.digest(uri, of: store.head(uri))
    try expect("parts came whole", digest == Digest(ofFile: path))
    try expect("parts once", store.put(file: path, to: uri, .absent) == .alreadyThere)
  }

  private static func changed(_ store: ObjectStore, _ uri: ObjectURI, _ info: ObjectInfo) throws {
    try store.put([1, 2, 3], to: uri)
    do {
      _ = try store.read(uri, 0..<2, of: info)
      try expect("a change is seen", false)
    } catch { try expect("a change is seen", (error as? ObjectStoreError)?.code == .changed) }
  }

  private static func expect(_ what: String, _ isSo: Bool) throws {
    print(isSo ? "ok   \(what)" : "FAIL \(what)")
    if !isSo { exit(1) }
  }

  private static func digest(_ text: String, connections: Int?) throws {
    let start = ContinuousClock.now
    var size = Int64(0)
    let digest: Digest
    if ObjectURI.isURI(text) {
      var configuration = try StoreConfiguration.ofProcess()
      if let connections { configuration.connections = connections }
      let store = ObjectStore(configuration)
      let uri = try ObjectURI(text)
      let info = try store.head(uri)
      size = info.size
      digest = try store.digest(uri, of: info)
    } else {
      size = FileSystem.size(text) ?? 0
      digest = try Digest(ofFile: text)
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let speed = Double(size) / seconds / 1e6
    print("\(digest) \(size) bytes in \(seconds) s: \(Int(speed)) MB/s")
  }
}

/// What several threads bring.
private final class Outcomes: @unchecked Sendable {
  // The outcomes are used under the lock.
  private let lock = NSLock()
  private var outcomes: [PutOutcome] = []

  func add(_ outcome: PutOutcome) { lock.withLock { outcomes.append(outcome) } }

  var all: [PutOutcome] { lock.withLock { outcomes } }
}

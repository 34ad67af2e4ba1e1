import Compression
import Glibc
import Storage
import Synchronization

/// A folder of a test's own, removed with it.
final class TemporaryFolder {
  private static let counter = Atomic<Int>(0)

  let path: String

  init() throws {
    let number = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
    path = "/tmp/weft-compression-tests-\(getpid())-\(number)"
    try Directory.make(path)
  }

  deinit { try? Directory.remove(path) }
}

func readAll<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) throws -> [Value] {
  var reader = try JSONLinesReader<Value>(path: path)
  var values: [Value] = []
  while let value = try reader.next() { values.append(value) }
  return values
}

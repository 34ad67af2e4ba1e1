internal import Glibc
internal import Storage

/// A directory for one test, removed when the value goes out of scope.
public final class TemporaryDirectory: Sendable {
  /// The directory's path.
  public let path: String

  /// Makes an empty directory under `TMPDIR` or `/tmp`.
  public init() {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/weft-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("no temporary directory under '\(parent)'") }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { try? Directory.remove(path) }

  /// The path of a name in the directory.
  public func file(_ name: String) -> String { "\(path)/\(name)" }
}

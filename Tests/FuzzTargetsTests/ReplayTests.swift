import FuzzTargets
import Storage
import Testing

/// The fuzzer's seeds and all cases that it ever found, run once more.
@Suite struct ReplayTests {
  /// The folder of a target's cases.
  private static func folder(_ target: FuzzTarget, file: String = #filePath) -> String {
    "/" + file.split(separator: "/").dropLast(2).joined(separator: "/") + "/Fixtures/fuzz/"
      + target.rawValue
  }

  @Test(arguments: FuzzTarget.allCases) func everyCaseEndsWell(target: FuzzTarget) throws {
    let folder = Self.folder(target)
    let names = try Directory.names(in: folder)
    #expect(!names.isEmpty)
    for name in names { target.run(try FileSystem.read(folder + "/" + name)) }
  }

  @Test(arguments: FuzzTarget.allCases) func everyTruncationEndsWell(target: FuzzTarget) throws {
    let folder = Self.folder(target)
    for name in try Directory.names(in: folder) {
      let bytes = try FileSystem.read(folder + "/" + name)
      let step = max(1, bytes.count / 200)
      for length in stride(from: 0, to: bytes.count, by: step) {
        target.run(Array(bytes.prefix(length)))
      }
    }
  }
}

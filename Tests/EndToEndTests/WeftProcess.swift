import Foundation
import Storage
import Testing

/// The command that was built beside the tests, run as its users run it.
struct WeftProcess {
  /// What a run of the command left.
  struct Result {
    var status: Int32
    var signal: Bool
    var output: String
    var errors: String
  }

  /// The directory of the checkout.
  static let checkout = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path()

  /// The command's file: the build puts it into the directory of the test bundle.
  static let executable: String = {
    let bundle =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: bundle).deletingLastPathComponent().appending(path: "weft").path()
  }()

  /// Runs the command to its end, or kills it after a time.
  static func run(
    _ arguments: [String], in directory: String = checkout, killedAfter delay: Duration? = nil,
    signal: Int32 = SIGKILL
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: directory)
    let files = try [1, 2].map { _ in
      let path = NSTemporaryDirectory() + "weft-output-" + UUID().uuidString
      FileManager.default.createFile(atPath: path, contents: nil)
      return (path: path, handle: try FileHandle(forWritingTo: URL(filePath: path)))
    }
    defer { for file in files { try? FileManager.default.removeItem(atPath: file.path) } }
    process.standardOutput = files[0].handle
    process.standardError = files[1].handle
    process.standardInput = FileHandle.nullDevice
    try process.run()
    if let delay {
      let end = ContinuousClock.now + delay
      while process.isRunning && ContinuousClock.now < end { usleep(2_000) }
      if process.isRunning { kill(process.processIdentifier, signal) }
    }
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus,
      signal: process.terminationReason == .uncaughtSignal,
      output: try FileSystem.readText(files[0].path),
      errors: try FileSystem.readText(files[1].path))
  }
}

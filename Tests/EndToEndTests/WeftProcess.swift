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

  /// The longest that any run of the command may take in these tests.
  private static let longest = Duration.seconds(240)

  private static func wait(
    for process: Process, atMost time: Duration, orUntil isReached: () -> Bool = { false }
  ) {
    let end = ContinuousClock.now + time
    while process.isRunning && ContinuousClock.now < end && !isReached() { usleep(2_000) }
  }

  /// Runs the command to its end, or sends it a signal after a time.
  ///
  /// - Parameters:
  ///   - input: What the command reads on standard input; nothing where it is `nil`.
  ///   - file: The time begins when there is such a file.
  static func run(
    _ arguments: [String], in directory: String = checkout, input: String? = nil,
    killedAfter delay: Duration? = nil, signal: Int32 = SIGKILL, onceThereIs file: String? = nil
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: directory)
    let files = try [1, 2].map { _ in
      let path = NSTemporaryDirectory() + "weft-output-" + UUID().uuidString
      try Data().write(to: URL(filePath: path))
      return (path: path, handle: try FileHandle(forWritingTo: URL(filePath: path)))
    }
    defer { for file in files { try? FileManager.default.removeItem(atPath: file.path) } }
    process.standardOutput = files[0].handle
    process.standardError = files[1].handle
    let text = Pipe()
    process.standardInput = input == nil ? FileHandle.nullDevice : text
    try process.run()
    if let input {
      try text.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try text.fileHandleForWriting.close()
    }
    if let file {
      wait(for: process, atMost: longest) { FileSystem.isFile(file) }
    }
    wait(for: process, atMost: delay ?? longest)
    if process.isRunning {
      if delay == nil { Issue.record("weft \(arguments) did not end within \(longest)") }
      kill(process.processIdentifier, delay == nil ? SIGKILL : signal)
    }
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus,
      signal: process.terminationReason == .uncaughtSignal,
      output: try FileSystem.readText(files[0].path),
      errors: try FileSystem.readText(files[1].path))
  }
}

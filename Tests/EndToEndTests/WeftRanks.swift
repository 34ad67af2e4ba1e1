import Foundation
import Storage
import TestSupport
import Testing

/// Several processes of the command that train together, started as a script would: by the environment.
final class WeftRanks {
  private let processes: [Process]
  private let place = TemporaryDirectory()

  /// Starts a process for each of some ranks.
  ///
  /// - Parameters:
  ///   - ranks: The ranks to start.
  ///   - size: How many there should be.
  init(
    _ ranks: Range<Int>, of size: Int, port: Int = freePort(), _ arguments: [String],
    environment: [String: String] = [:]
  ) throws {
    processes = try ranks.map { [place] rank in
      let process = Process()
      process.executableURL = URL(filePath: WeftProcess.executable)
      process.arguments = arguments
      process.currentDirectoryURL = URL(filePath: WeftProcess.checkout)
      process.environment = ProcessInfo.processInfo.environment
        .merging([
          "RANK": String(rank), "WORLD_SIZE": String(size), "LOCAL_WORLD_SIZE": String(size),
          "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": String(port),
        ]) { $1 }
        .merging(environment) { $1 }
      let path = place.file("rank-\(rank - ranks.lowerBound)")
      try Data().write(to: URL(filePath: path))
      let output = try FileHandle(forWritingTo: URL(filePath: path))
      process.standardOutput = output
      process.standardError = output
      process.standardInput = FileHandle.nullDevice
      try process.run()
      return process
    }
  }

  deinit {
    for process in processes where process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  /// Sends a signal to one of the processes.
  func send(_ signal: Int32, to index: Int) { kill(processes[index].processIdentifier, signal) }

  /// Waits until something holds.
  func wait(atMost seconds: Double = 60, until holds: () -> Bool) {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end && !holds() { usleep(5_000) }
    if !holds() { Issue.record("it does not come to hold within \(seconds) s") }
  }

  /// Waits for all to end; their exit statuses, and all that each wrote.
  func end(atMost seconds: Double = 60) throws -> [(status: Int32, text: String)] {
    wait(atMost: seconds) { processes.allSatisfy { !$0.isRunning } }
    for process in processes where process.isRunning { kill(process.processIdentifier, SIGKILL) }
    return try processes.indices.map { index in
      processes[index].waitUntilExit()
      return (
        processes[index].terminationStatus, try FileSystem.readText(place.file("rank-\(index)"))
      )
    }
  }
}

internal import Foundation
internal import Synchronization
internal import Training

/// Further processes of this command line on this machine, which train with this one.
///
/// They end with this process, however that ends: each notices within seconds that rank 0 is gone.
final class LocalRanks: Sendable {
  private let processes = Mutex<[Process]>([])

  /// Makes a set of none.
  init() {}

  /// Starts all ranks but 0, which meet this process as the environment says.
  func start(_ environment: RankEnvironment) throws {
    for rank in 1..<environment.size {
      let process = Process()
      process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      process.arguments = Array(CommandLine.arguments.dropFirst())
      process.environment = ProcessInfo.processInfo.environment
        .merging(environment.variables(rank: rank)) { $1 }
      process.standardInput = FileHandle.nullDevice
      try process.run()
      processes.withLock { $0.append(process) }
    }
  }

  /// Waits until all have ended.
  func wait() { processes.withLock { $0 }.forEach { $0.waitUntilExit() } }
}

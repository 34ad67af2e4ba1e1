internal import Documents
internal import Foundation
internal import Storage
internal import Synchronization

/// Runs tasks as a Slurm job array: one for each stage.
///
/// The driver waits on the login node or in a small job of its own. A task that Slurm requeues is one
/// more attempt, which changes nothing where the first has committed.
public final class SlurmEngine: TaskEngine {
  private let configuration: ExecutorConfiguration
  private let job = Mutex<String?>(nil)

  /// Makes an engine.
  public init(_ configuration: ExecutorConfiguration) { self.configuration = configuration }

  /// Tasks that committed nothing are handed in again, as a smaller array.
  public var rounds: Int { configuration.retries + 1 }

  /// Submits an array and waits until all of it is committed, or none of its tasks is left.
  public func run(_ batch: TaskBatch) async throws {
    let path = batch.directory.path("work/slurm/\(batch.stage.rawValue).sbatch")
    try AtomicFile.write(text(of: batch), to: path)
    let number = try await submit(path)
    job.withLock { $0 = number }
    defer { job.withLock { $0 = nil } }
    batch.note("Slurm job \(number), \(batch.shares.count) tasks; logs: \(logs(batch))")
    var pause = Duration.milliseconds(250)
    while !batch.isComplete() {
      try await Task.sleep(for: pause)
      if try await !isQueued(number, batch) { return }
      pause = min(pause * 2, Self.longestPause)
    }
  }

  /// A cluster's controller answers all of its users; a job is asked for no more often than this.
  private static let longestPause = Duration.seconds(15)

  private func submit(_ path: String) async throws -> String {
    let child = try LineProcess(["sbatch", "--parsable", path])
    let line = await child.next() ?? Data()
    let status = child.waitUntilExit()
    let number = String(decoding: line, as: UTF8.self).split(separator: ";").first.map(String.init)
    guard status == 0, let number, number.allSatisfy(\.isNumber) else {
      throw RunError(
        .engine,
        "sbatch does not take '\(path)': \(child.errors); options for your cluster go into "
          + "executor.sbatch, and `--print` shows the script")
    }
    return number
  }

  /// Whether tasks of a job wait or run; where the controller cannot be asked, they may.
  private func isQueued(_ number: String, _ batch: TaskBatch) async throws -> Bool {
    let child = try LineProcess(["squeue", "--noheader", "--format=%i", "--jobs=\(number)"])
    var lines = 0
    while await child.next() != nil { lines += 1 }
    let status = child.waitUntilExit()
    // A job that ended some minutes ago is no longer known.
    if status != 0 { return !child.errors.contains("Invalid job id") }
    return lines > 0
  }

  /// Ends the array's tasks.
  public func cancel() {
    guard let number = job.withLock({ $0 }) else { return }
    _ = try? LineProcess(["scancel", number]).waitUntilExit()
  }

  /// The script of an array.
  public func text(of batch: TaskBatch) -> String {
    var lines = [
      "#!/bin/sh", "#SBATCH --job-name=weft-\(batch.stage.rawValue)",
      "#SBATCH --array=\(ranges(batch.shares))"
        + (configuration.slots > 0 ? "%\(configuration.slots)" : ""),
      "#SBATCH --cpus-per-task=\(configuration.cpus)",
    ]
    if configuration.memory > 0 { lines.append("#SBATCH --mem=\(configuration.memory)M") }
    lines += [
      "#SBATCH --requeue", "#SBATCH --open-mode=append",
      "#SBATCH --chdir=\(batch.workingDirectory)", "#SBATCH --output=\(logs(batch))",
    ]
    lines += configuration.sbatch.map { "#SBATCH \($0)" }
    let command = batch.command.map(quoted).joined(separator: " ")
    lines.append("exec \(command) --partition \"$SLURM_ARRAY_TASK_ID\" --of \(batch.count)")
    return lines.joined(separator: "\n") + "\n"
  }

  private func logs(_ batch: TaskBatch) -> String {
    batch.directory.path("work/slurm/\(batch.stage.rawValue)-%A_%a.log")
  }

  /// Numbers as Slurm writes them: `0-3,7`.
  private func ranges(_ numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound == number - 1 {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }

  /// A word as the shell reads it.
  private func quoted(_ word: String) -> String {
    let plain = word.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "/._-=+:,@".contains($0))
    }
    return plain && !word.isEmpty
      ? word : "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}

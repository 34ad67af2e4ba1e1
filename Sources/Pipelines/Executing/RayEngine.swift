internal import Documents
internal import Foundation
internal import Synchronization

/// Runs tasks on a Ray cluster, by a Python script that is part of weft.
///
/// The script is started once for all stages of a run and ends with this process, however that ends.
public final class RayEngine: TaskEngine {
  /// The script, which `python3 -c` runs.
  static let script = String(decoding: PackageResources.weft_ray, as: UTF8.self)
  /// The version of the lines that are exchanged with the script.
  private static let protocolVersion = 1

  private let configuration: ExecutorConfiguration
  private let child = Mutex<LineProcess?>(nil)

  /// Makes an engine; the script begins with the first tasks.
  public init(_ configuration: ExecutorConfiguration) { self.configuration = configuration }

  /// The script tries failed tasks again.
  public var rounds: Int { 1 }

  /// Runs tasks to their end.
  public func run(_ batch: TaskBatch) async throws {
    let child = try await started(batch)
    try child.send(request(batch))
    while let message = try await next(from: child) {
      switch message.type {
      case .ended: return
      case .retried: batch.note(words(message) + "; it is tried again")
      case .failed: batch.note(words(message))
      case .ready: break
      case .error: throw error(message)
      }
    }
    throw ended(child)
  }

  /// Asks the script to end all tasks.
  public func cancel() {
    child.withLock { try? $0?.send(["type": "cancel"]) }
  }

  /// The request that the script gets.
  public func text(of batch: TaskBatch) -> String {
    String(decoding: LineProcess.line(request(batch)), as: UTF8.self)
  }

  private func started(_ batch: TaskBatch) async throws -> LineProcess {
    if let child = child.withLock({ $0 }) { return child }
    let child = try LineProcess([configuration.python, "-u", "-c", Self.script])
    self.child.withLock { $0 = child }
    try child.send([
      "type": "open", "version": Self.protocolVersion, "address": configuration.address,
    ])
    guard let message = try await next(from: child) else { throw ended(child) }
    if message.type == .error { throw error(message) }
    batch.note(
      "Ray \(message.version ?? "") at '\(configuration.address)': \(message.nodes ?? 0) nodes, "
        + "\(Int(message.cpus ?? 0)) cores")
    return child
  }

  private func request(_ batch: TaskBatch) -> [String: Any] {
    [
      "type": "stage", "stage": batch.stage.rawValue, "command": batch.command,
      "shares": batch.shares, "count": batch.count, "directory": batch.workingDirectory,
      "cpus": configuration.cpus, "memory": configuration.memory, "slots": configuration.slots,
      "retries": configuration.retries,
    ]
  }

  private func next(from child: LineProcess) async throws -> Message? {
    while let line = await child.next() {
      // Python, Ray or a module it loads may print anything.
      if let message = try? JSONDecoder().decode(Message.self, from: line) { return message }
    }
    return nil
  }

  private func words(_ message: Message) -> String {
    let detail = (message.message ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    return "task \(message.share ?? -1), attempt \(message.attempt ?? 0), ended with status "
      + "\(message.status ?? 0)" + (detail.isEmpty ? "" : ": " + detail)
  }

  private func error(_ message: Message) -> RunError {
    RunError(.engine, (message.message ?? "Ray failed") + "; " + (message.remedy ?? "try again"))
  }

  private func ended(_ child: LineProcess) -> RunError {
    RunError(
      .engine,
      "the Ray script, run by '\(configuration.python)', ended: \(child.errors); the same command goes on"
    )
  }

  /// A line of the script.
  private struct Message: Decodable {
    enum Kind: String, Decodable {
      case ready, retried, failed, ended, error
    }

    var type: Kind
    var message: String?
    var remedy: String?
    var version: String?
    var nodes: Int?
    var cpus: Double?
    var share: Int?
    var attempt: Int?
    var status: Int?
  }
}

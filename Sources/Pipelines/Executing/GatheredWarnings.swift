internal import Documents
internal import Synchronization

/// Keeps what a worker has to tell, for the driver to say it.
final class GatheredWarnings: ProgressSink {
  private static let most = 100
  private let messages = Mutex<[String]>([])

  /// The warnings in the order they came, at most a hundred.
  var all: [String] { messages.withLock { $0 } }

  func begin(stage: StageName, total: Int64, unit: ProgressUnit) {}
  func advance(stage: StageName, by amount: Int64) {}
  func say(stage: StageName, _ text: String) {}
  func note(stage: StageName, _ line: String) {}
  func end(stage: StageName, note: String) {}
  func warn(_ message: String) {
    messages.withLock { if $0.count < Self.most { $0.append(message) } }
  }
}

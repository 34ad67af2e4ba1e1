internal import Foundation

/// Waiting on a thread.
enum Pause {
  /// Waits for so long.
  static func wait(_ time: Duration) {
    Thread.sleep(forTimeInterval: max(0, time / .seconds(1)))
  }
}

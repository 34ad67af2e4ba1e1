internal import Foundation

/// Waiting on a thread.
enum Pause {
  /// How soon a wait ends that is broken off: a person does not feel it, and asking costs nothing beside it.
  private static let step = Duration.milliseconds(20)

  /// Waits for so long before something is tried again.
  ///
  /// - Throws: ``ObjectStoreError`` `stopped` as soon as the caller is asked to stop.
  static func wait(_ time: Duration, unless isStopped: () -> Bool) throws(ObjectStoreError) {
    let end = ContinuousClock.now + time
    while true {
      if isStopped() {
        throw ObjectStoreError(.stopped, "stopped while waiting for the store; run again to go on")
      }
      let left = end - ContinuousClock.now
      if left <= .zero { return }
      Thread.sleep(forTimeInterval: min(left, step) / .seconds(1))
    }
  }
}

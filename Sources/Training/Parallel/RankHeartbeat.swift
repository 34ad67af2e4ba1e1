internal import Foundation
internal import Synchronization
internal import Tensors

/// A sign of life that a process gives the others twice a second, whatever it is doing.
final class RankHeartbeat: Sendable {
  /// The seconds between two beats.
  static let interval = 0.5
  private let isOver = Atomic<Bool>(false)

  /// Makes a heart that does not beat yet.
  init() {}

  /// Lets it beat, on a thread of its own and by a connection of its own, so that nothing delays it.
  func begin(_ store: ProcessStore, rank: Int) {
    Thread.detachNewThread { [self] in
      while !isOver.load(ordering: .relaxed) {
        // Where the store is gone, whoever asks it next finds out and says so.
        guard (try? store.add(1, to: Self.key(rank))) != nil else { return }
        Thread.sleep(forTimeInterval: Self.interval)
      }
    }
  }

  /// Ends it.
  func end() { isOver.store(true, ordering: .relaxed) }

  /// The key that counts the beats of a process.
  static func key(_ rank: Int) -> String { "beat/\(rank)" }
}

/// Who has been silent for how long, from counts of beats that are looked at now and then.
struct RankWatch {
  private var latest: [Int: (count: Int, time: Double)] = [:]

  /// Notes the counts at a time in seconds, and tells whose have not changed for longer than a limit.
  mutating func silentRanks(
    among counts: [Int: Int], at time: Double, longerThan limit: Double
  ) -> [Int] {
    for (rank, count) in counts where latest[rank]?.count != count {
      latest[rank] = (count, time)
    }
    return counts.keys.filter { time - (latest[$0]?.time ?? time) > limit }.sorted()
  }
}

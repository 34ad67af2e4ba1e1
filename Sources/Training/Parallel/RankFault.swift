internal import Foundation

/// Why the training of several processes ends: the first that one of them reports holds for all.
struct RankFault: Hashable, Codable {
  enum Kind: String, Hashable, Codable {
    /// A process ended by an error.
    case failed
    /// A process gives no sign of life.
    case lost
    /// A process was stopped before the training began.
    case stopped
  }

  /// What happened.
  var kind: Kind
  /// To which process; `nil` where that is not known.
  var rank: Int?
  /// What is known of it.
  var message: String

  init(_ kind: Kind, rank: Int?, _ message: String) {
    self.kind = kind
    self.rank = rank
    self.message = message
  }

  /// The fault as the store keeps it.
  var text: String {
    String(decoding: (try? JSONEncoder().encode(self)) ?? Data(), as: UTF8.self)
  }

  /// Reads a fault that a store keeps.
  init(text: String) {
    self =
      (try? JSONDecoder().decode(RankFault.self, from: Data(text.utf8)))
      ?? RankFault(.lost, rank: nil, text)
  }

  /// The fault as the other processes report it.
  var error: TrainingError {
    let who = rank.map { "rank \($0)" } ?? "another rank"
    let again = "start all ranks again to go on from the latest checkpoint"
    switch kind {
    case .failed:
      return TrainingError(.failedRank, "\(who) ended by an error: \(message); \(again)")
    case .stopped: return TrainingError(.failedRank, "\(who) was stopped; \(again)")
    case .lost:
      return TrainingError(
        .lostRank, "\(who) has died or cannot be reached (\(message)); \(again)")
    }
  }
}

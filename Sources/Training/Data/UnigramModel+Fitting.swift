internal import Sharding

extension UnigramModel {
  /// The most targets a baseline is fitted on: enough for rates of one in a million.
  private static let fittingLimit = 4_000_000

  /// A model of the targets of a corpus's sequences, or of a shuffled part of them where they are many.
  init(of set: ShardSet, vocabulary: Int, seed: UInt64) throws {
    self.init(vocabulary: vocabulary)
    let order = SequenceOrder(count: set.count, seed: seed)
    var counted = 0
    for place in 0..<set.count where counted < Self.fittingLimit {
      let number = order.sequence(epoch: 0, place: place)
      for token in try set.sequence(at: number).sequence.targets {
        count(Int(token))
        counted += 1
      }
    }
  }

  /// The mean loss of the targets of sequences; `nil` where there is no target.
  func loss(ofSequences numbers: [Int], in set: ShardSet) throws -> (mean: Double, targets: Int)? {
    var sum = 0.0
    var count = 0
    for number in numbers {
      for token in try set.sequence(at: number).sequence.targets {
        sum += loss(of: Int(token))
        count += 1
      }
    }
    return count == 0 ? nil : (sum / Double(count), count)
  }
}

extension ShardSequence {
  /// The tokens that are to be predicted.
  var targets: [Int32] { zip(tokens, lossMask).filter { $1 == 1 }.map(\.0) }
}

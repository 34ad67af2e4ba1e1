internal import Documents

/// A shuffle of a corpus's sequences for each epoch, computed for one place at a time.
///
/// The order is a pure function of seed, epoch and place: no permutation is stored, nothing is read,
/// and it is the same for any number of ranks, workers and restarts. A Feistel network permutes the
/// next power of four; places whose image is out of range walk on (Black and Rogaway, "Ciphers with
/// arbitrary finite domains", CT-RSA 2002, the cycle-walking method), four steps at most on average.
public struct SequenceOrder: Hashable, Sendable {
  /// The number of sequences.
  public let count: Int
  /// The seed of the shuffle.
  public let seed: UInt64

  private let halfBits: UInt64
  private static let rounds: UInt64 = 8

  /// An order of so many sequences.
  ///
  /// - Precondition: There is at least one sequence.
  public init(count: Int, seed: UInt64) {
    precondition(count > 0, "an order is of at least one sequence")
    self.count = count
    self.seed = seed
    let bits = UInt64(Int.bitWidth - (count - 1).leadingZeroBitCount)
    halfBits = max(1, (bits + 1) / 2)
  }

  /// The sequence at a place of an epoch; over an epoch each sequence comes once.
  ///
  /// - Precondition: The place is below ``count``.
  public func sequence(epoch: Int, place: Int) -> Int {
    precondition(epoch >= 0 && (0..<count).contains(place), "a place of an epoch")
    let key = SeededHash.finish(seed &+ SeededHash.finish(UInt64(epoch) &+ 0x9e37_79b9_7f4a_7c15))
    var value = UInt64(place)
    repeat { value = permuted(value, key: key) } while value >= UInt64(count)
    return Int(value)
  }

  /// The sequence at a place of the endless stream of one epoch after the other.
  public func sequence(at ordinal: Int) -> Int {
    sequence(epoch: ordinal / count, place: ordinal % count)
  }

  private func permuted(_ value: UInt64, key: UInt64) -> UInt64 {
    let mask = (1 as UInt64) << halfBits &- 1
    var left = value >> halfBits
    var right = value & mask
    for round in 0..<Self.rounds {
      let mixed = SeededHash.finish(key ^ (right &+ round << 56)) & mask
      (left, right) = (right, left ^ mixed)
    }
    return left << halfBits | right
  }
}

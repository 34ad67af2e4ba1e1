/// Three of the stretches that the 64 bits of a hash are cut into, and the hash with those bits first.
///
/// Two hashes that differ in d bits or fewer have at least three of d + 3 stretches in common, so
/// comparing those that agree in three finds them all (Manku, Jain and Das Sarma, Detecting
/// near-duplicates for web crawling, WWW 2007).
struct BitStretches {
  private struct Stretch {
    var start: UInt64
    var length: UInt64
    var mask: UInt64 { (1 << length) - 1 }
  }

  /// All stretches, the three that were chosen first.
  private let stretches: [Stretch]
  /// How many bits the three have.
  private let chosenBits: UInt64

  private init(count: Int, chosen: [Int]) {
    let others = (0..<count).filter { !chosen.contains($0) }
    stretches = (chosen + others).map { number in
      let (start, end) = (number * 64 / count, (number + 1) * 64 / count)
      return Stretch(start: UInt64(start), length: UInt64(end - start))
    }
    chosenBits = stretches.prefix(3).reduce(0) { $0 + $1.length }
  }

  /// How many ways there are to choose three of `distance` + 3 stretches.
  static func count(distance: Int) -> Int {
    let count = distance + 3
    return count * (count - 1) * (count - 2) / 6
  }

  /// Some of the ways to choose three, by their numbers.
  static func choices(_ range: Range<Int>, distance: Int) -> [BitStretches] {
    precondition((0...61).contains(distance), "hashes of 64 bits are compared")
    let count = distance + 3
    var found: [BitStretches] = []
    var number = 0
    for first in 0..<count {
      for second in first + 1..<count {
        for third in second + 1..<count {
          if range.contains(number) {
            found.append(BitStretches(count: count, chosen: [first, second, third]))
          }
          number += 1
        }
      }
    }
    return found
  }

  /// The hash with the bits of the chosen stretches first.
  func ordered(_ hash: UInt64) -> UInt64 {
    stretches.reduce(0) { $0 << $1.length | hash >> $1.start & $1.mask }
  }

  /// The hash of which ``ordered(_:)`` made another.
  func restored(_ ordered: UInt64) -> UInt64 {
    var (hash, rest): (UInt64, UInt64) = (0, ordered)
    for stretch in stretches.reversed() {
      hash |= (rest & stretch.mask) << stretch.start
      rest >>= stretch.length
    }
    return hash
  }

  /// What hashes have in common that agree in the chosen stretches.
  func chosen(of ordered: UInt64) -> UInt64 { ordered >> (64 - chosenBits) }
}

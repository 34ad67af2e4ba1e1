/// A bit for each of a number of documents.
struct DocumentBits {
  private(set) var words: [UInt64]

  init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  func contains(_ number: UInt32) -> Bool {
    words[Int(number >> 6)] >> UInt64(number & 63) & 1 == 1
  }

  mutating func insert(_ number: UInt32) { words[Int(number >> 6)] |= 1 << UInt64(number & 63) }
}

/// Places for some of the documents, in ascending order of their numbers.
///
/// It takes a bit and a sixteenth of a byte for each document, whether it has a place or not.
struct DocumentPlaces {
  private let bits: DocumentBits
  /// How many places there are before each stretch of words.
  private let before: [UInt32]
  /// How many places there are.
  let count: Int

  private static let stretch = 8

  init(_ bits: DocumentBits) {
    self.bits = bits
    var before: [UInt32] = []
    var count = 0
    for (index, word) in bits.words.enumerated() {
      if index % Self.stretch == 0 { before.append(UInt32(count)) }
      count += word.nonzeroBitCount
    }
    (self.before, self.count) = (before, count)
  }

  /// The place of a document; `nil` where it has none.
  func place(of number: UInt32) -> Int? {
    guard bits.contains(number) else { return nil }
    let word = Int(number >> 6)
    let start = word / Self.stretch * Self.stretch
    let below = bits.words[word] & ((1 << UInt64(number & 63)) - 1)
    let inStretch = bits.words[start..<word].reduce(0) { $0 + $1.nonzeroBitCount }
    return Int(before[word / Self.stretch]) + inStretch + below.nonzeroBitCount
  }

  /// Calls a function with each document that has a place, in order.
  func forEach(_ body: (_ number: UInt32, _ place: Int) throws -> Void) rethrows {
    var place = 0
    for (index, word) in bits.words.enumerated() {
      var left = word
      while left != 0 {
        try body(UInt32(index << 6 + left.trailingZeroBitCount), place)
        place += 1
        left &= left - 1
      }
    }
  }
}

/// A set of a page's words by their hashes.
///
/// Most words that are looked up are not in it, which a few bits tell; the page chose its words, so those
/// bits are backed by a set whose hashing it cannot foresee.
struct WordSet {
  private static let places: UInt64 = 4096

  private var words: Set<UInt64> = []
  private var bits = [UInt64](repeating: 0, count: Int(places / 64))

  /// Adds a word.
  mutating func insert(_ word: UInt64) {
    let place = word % Self.places
    bits[Int(place / 64)] |= 1 << (place % 64)
    words.insert(word)
  }

  /// Whether a word is in the set.
  func contains(_ word: UInt64) -> Bool {
    let place = word % Self.places
    return bits[Int(place / 64)] & (1 << (place % 64)) != 0 && words.contains(word)
  }
}

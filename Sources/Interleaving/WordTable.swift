/// A table of words that are known beforehand, looked up by their hash.
///
/// The hashes are spread over the slots as they are: the words are weft's own, so nobody can choose them
/// to fall into one slot, and a lookup is a few instructions where a dictionary's takes a hundred.
struct WordTable<Meaning: Sendable>: Sendable {
  private struct Slot {
    var hash: UInt64
    var meaning: Meaning?
  }

  private let slots: [Slot]

  /// Makes a table of meanings by the hashes of their words.
  init(_ meanings: [UInt64: Meaning]) {
    var count = 16
    while count < meanings.count * 4 { count *= 2 }
    var slots = [Slot](repeating: Slot(hash: 0, meaning: nil), count: count)
    for (hash, meaning) in meanings {
      var at = Int(truncatingIfNeeded: hash) & (count - 1)
      while slots[at].meaning != nil { at = (at + 1) & (count - 1) }
      slots[at] = Slot(hash: hash, meaning: meaning)
    }
    self.slots = slots
  }

  /// What the word of a hash means.
  subscript(hash: UInt64) -> Meaning? {
    var at = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
    while let meaning = slots[at].meaning {
      if slots[at].hash == hash { return meaning }
      at = (at &+ 1) & (slots.count &- 1)
    }
    return nil
  }
}

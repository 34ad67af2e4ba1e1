/// The table of a SentencePiece normaliser: a double-array trie from sequences of bytes to texts.
///
/// The layout is 4 bytes of trie size, the trie's 32-bit units, then texts that end with a zero byte,
/// all little-endian. A unit holds the byte that leads to it and the offset of its children, as in
/// Darts-clone (<https://github.com/s-yata/darts-clone>); where a sequence ends, the unit at the offset
/// holds the place of its text. The library follows units and texts without a bound.
struct CharacterMap {
  private let units: [UInt32]
  private let texts: ArraySlice<UInt8>

  /// The most results the library has room for along one path.
  private static let resultLimit = 32
  /// The longest sequence that is normalised, in bytes.
  private static let depthLimit = 128
  /// The longest text that a sequence becomes, in bytes; Unicode's longest has 33.
  private static let textLimit = 255

  /// Reads a table; `nil` where it is shorter than it says.
  init?(_ bytes: ArraySlice<UInt8>) {
    func word(_ start: Int) -> UInt32 {
      bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    guard bytes.count > 4, case let size = Int(word(bytes.startIndex)),
      size < bytes.count - 4, size % 4 == 0
    else { return nil }
    let start = bytes.startIndex + 4
    units = stride(from: start, to: start + size, by: 4).map(word)
    texts = bytes[(start + size)...]
  }

  /// Whether every step that any text can lead to stays within the table.
  var isSound: Bool {
    guard let root = units.first, textsAreSound else { return false }
    // The units that are reached after as many bytes, by their children's offset, with the most
    // results on a path to them.
    var level = [offset(root): 0]
    for _ in 0..<Self.depthLimit {
      if level.isEmpty { return true }
      var next: [Int: Int] = [:]
      for (base, results) in level {
        guard base | 0xFF < units.count else { return false }
        for label in 0..<256 {
          let unit = units[base ^ label]
          guard unit & 0x8000_00FF == UInt32(label) else { continue }
          let target = base ^ label ^ offset(unit)
          var found = results
          if unit >> 8 & 1 == 1 {
            found += 1
            guard found <= Self.resultLimit, hasText(target) else { return false }
          }
          next[target] = max(next[target] ?? 0, found)
        }
      }
      level = next
    }
    return false
  }

  private func offset(_ unit: UInt32) -> Int { Int((unit >> 10) << ((unit & 1 << 9) >> 6)) }

  /// Whether the unit of an index holds the place of a text's beginning.
  private func hasText(_ index: Int) -> Bool {
    guard index < units.count, case let place = Int(units[index] & 0x7FFF_FFFF),
      place < texts.count
    else { return false }
    return texts[texts.startIndex + place] & 0xC0 != 0x80
  }

  private var textsAreSound: Bool {
    guard texts.last == 0, String(validating: texts, as: UTF8.self) != nil else { return false }
    return texts.split(separator: 0, omittingEmptySubsequences: true)
      .allSatisfy { $0.count <= Self.textLimit }
  }
}

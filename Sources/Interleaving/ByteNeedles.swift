/// A set of short ASCII texts to be found in longer ones, letters of either case being equal.
struct ByteNeedles: Sendable {
  /// The needles by their first byte.
  private let byFirst: [[[UInt8]]]

  /// Makes a set of needles in lower case.
  init(_ needles: [String]) {
    var byFirst = [[[UInt8]]](repeating: [], count: 256)
    for needle in needles {
      guard let first = needle.utf8.first else { continue }
      byFirst[Int(first)].append(Array(needle.utf8))
    }
    self.byFirst = byFirst
  }

  /// Whether a text holds any of the needles.
  func occur(in text: some Sequence<UInt8>) -> Bool {
    let bytes = text.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 32 : $0 }
    for (index, byte) in bytes.enumerated() {
      for needle in byFirst[Int(byte)] where bytes[index...].starts(with: needle) { return true }
    }
    return false
  }
}

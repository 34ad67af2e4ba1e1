import Documents
import Storage
import TestSupport
import Testing

@testable import Deduplication

/// However the search is divided, it finds the same.
@Suite struct DivisionTests {
  /// Documents of which many agree in something, with all rules on.
  private static func mixture(seed: UInt64) -> DocumentSet {
    var generator = SeededGenerator(seed: seed)
    var set = DocumentSet()
    set.rules.images.enabled = true
    set.rules.paragraphs.enabled = true
    set.rules.paragraphs.maximumPages = 2
    for _ in 0..<40 {
      let original = DocumentSet.letters(Int.random(in: 3...90, using: &generator), &generator)
      for _ in 0..<Int.random(in: 1...5, using: &generator) {
        var copy = original
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
          copy[Int.random(in: copy.indices, using: &generator)] =
            DocumentSet.letters(1, &generator)[0]
        }
        func few(_ name: String, of count: Int = 60) -> String {
          "\(name)\(Int.random(in: 0..<count, using: &generator))"
        }
        set.add(
          copy.joined(separator: " "), rank: UInt32.random(in: 0...2, using: &generator),
          url: few("url", of: 500), images: few("images", of: 500), host: few("host"),
          shows: [few("image")],
          paragraphs: [few("block"), few("block"), original[0]])
      }
    }
    return set
  }

  @Test(arguments: 0..<4 as Range<UInt64>, [true, false])
  func partsAndRangesAndBandsChangeNothing(seed: UInt64, verifies: Bool) throws {
    var set = Self.mixture(seed: seed)
    set.rules.near.verify = verifies
    let count = set.signatures.count
    let expected = try set.search()
    #expect(
      Set(expected.documents.values.map(\.code)).isSuperset(of: [
        .duplicateURL, .duplicateImageSet, .nearDuplicate,
      ]))
    #expect(!expected.blocks.isEmpty)
    var generator = SeededGenerator(seed: seed)
    // Bands one by one, several, and each in ranges of their hashes.
    for (parts, ranges, entries) in [
      (1, 2, count), (3, 7, 3 * count), (count, 1, count / 2), (2, 3, 5), (5, 5, 1),
    ] {
      let shuffled = set.signatures.indices.shuffled(using: &generator)
      let divided = (0..<parts).map { part in shuffled.filter { $0 % parts == part } }
      let found = try set.search(
        parts: divided, memoryBytes: ranges == 7 ? 256 : 1 << 20, division: (ranges, entries))
      #expect(found.documents == expected.documents, "\(parts) \(ranges) \(entries)")
      #expect(found.blocks == expected.blocks, "\(parts) \(ranges) \(entries)")
    }
  }

  @Test(arguments: [1, 2, 3, 7, 1000]) func everyHashIsInOneRange(count: Int) {
    var generator = SeededGenerator(seed: 1)
    let ranges = (0..<count).map { HashRange($0, of: count) }
    for hash in [0, 1, .max, 1 << 63] + (0..<100).map({ _ in generator.next() }) {
      #expect(ranges.filter { $0.contains(hash) }.count == 1)
    }
  }

  @Test(arguments: [
    (0, 10, [0..<14]), (3, 100, [0..<14]), (10, 30, [0..<3, 3..<6, 6..<9, 9..<12, 12..<14]),
    (10, 10, (0..<14).map { $0..<$0 + 1 }),
  ]) func bandsAreSharedOut(documents: Int, most: Int, bands: [Range<Int>]) {
    let shares = BandShare.shares(of: 14, documents: documents, atMost: most)
    #expect(shares == bands.map { BandShare($0) })
  }

  @Test func aBandOfManyDocumentsIsDivided() {
    let shares = BandShare.shares(of: 2, documents: 25, atMost: 10)
    #expect(
      shares
        == (0..<2).flatMap { band in
          (0..<3).map { BandShare(band..<band + 1, HashRange($0, of: 3)) }
        })
  }

  @Test(arguments: 0..<5 as Range<UInt64>) func placesAreThoseOfAList(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...3000, using: &generator)
    let some = (0..<UInt32(count)).filter { _ in Int.random(in: 0..<5, using: &generator) == 0 }
    var bits = DocumentBits(count: count)
    for number in some { bits.insert(number) }
    let places = DocumentPlaces(bits)
    #expect(places.count == some.count)
    var listed: [UInt32] = []
    places.forEach { number, place in
      #expect(place == listed.count)
      listed.append(number)
    }
    #expect(listed == some)
    for number in 0..<UInt32(count) {
      #expect(places.place(of: number) == some.firstIndex(of: number))
    }
  }
}

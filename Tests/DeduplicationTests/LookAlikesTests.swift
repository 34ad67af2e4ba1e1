import Deduplication
import Documents
import TestSupport
import Testing

@Suite struct LookAlikesTests {
  private let place = TemporaryDirectory()

  private static func image(_ number: Int, _ hash: UInt64) throws -> ResolvedImage {
    let bytes = (0..<32).map { UInt8(truncatingIfNeeded: $0 < 8 ? number >> (56 - 8 * $0) : 0) }
    return ResolvedImage(
      digest: try #require(Digest(bytes: bytes)), format: .png, width: 64, height: 64,
      byteCount: 1, isSingleColour: false, perceptualHash: PerceptualHash(bits: hash),
      record: DocumentSet.id(0),
      location: RecordLocation(
        input: 0, memberOffset: 0, memberLength: 0, recordOffset: 0, recordLength: 0))
  }

  private func groups(
    _ hashes: [UInt64], distance: Int, order: some Sequence<Int>
  ) throws -> [UInt64] {
    var images = LookAlikes.Gathering(directory: place.path)
    for number in order { try images.add(Self.image(number, hashes[number])) }
    let found = try images.finish(distance: distance)
    var all: [UInt64] = []
    found.forEach { image, group in
      #expect(found.group(of: image) == group)
      all.append(group)
    }
    #expect(found.group(of: .max) == .max)
    return all
  }

  /// Every pair compared, and what is joined given the least number.
  private static func expected(_ hashes: [UInt64], distance: Int) -> [UInt64] {
    var group = hashes.indices.map { $0 }
    for one in hashes.indices {
      for other in 0..<one where (hashes[one] ^ hashes[other]).nonzeroBitCount <= distance {
        let (low, high) = (min(group[one], group[other]), max(group[one], group[other]))
        for index in group.indices where group[index] == high { group[index] = low }
      }
    }
    return group.map { UInt64($0) }
  }

  @Test(arguments: [0, 1, 3, 5, 10], 0..<3 as Range<UInt64>)
  func groupsAreThoseOfComparingAll(distance: Int, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var hashes: [UInt64] = []
    for _ in 0..<60 {
      let hash = UInt64.random(in: 0 ... .max, using: &generator)
      hashes.append(hash)
      for _ in 0..<Int.random(in: 0...4, using: &generator) {
        var copy = hash
        for _ in 0..<Int.random(in: 0...distance + 2, using: &generator) {
          copy ^= 1 << UInt64.random(in: 0..<64, using: &generator)
        }
        hashes.append(copy)
      }
    }
    let wanted = Self.expected(hashes, distance: distance)
    #expect(Set(wanted).count < hashes.count)
    #expect(try groups(hashes, distance: distance, order: hashes.indices) == wanted)
    // Neither order nor repetition changes anything.
    let again = Array(hashes.indices).shuffled(using: &generator) + [0, 0]
    #expect(try groups(hashes, distance: distance, order: again) == wanted)
  }

  @Test func manyImagesOfOneHashAreOneGroup() throws {
    let hashes = [UInt64](repeating: 0, count: 5_000)
    #expect(Set(try groups(hashes, distance: 5, order: hashes.indices)) == [0])
  }

  @Test func noImagesAreNoGroups() throws {
    #expect(try groups([], distance: 5, order: []).isEmpty)
  }
}

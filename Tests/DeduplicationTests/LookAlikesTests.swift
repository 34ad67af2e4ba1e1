import Documents
import Storage
import TestSupport
import Testing

@testable import Deduplication

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

  /// The files of pairs that searches find, each by so many choices.
  private func pairs(
    _ hashes: [UInt64], distance: Int, order: some Sequence<Int>, choices step: Int
  ) throws -> [String] {
    let all = LookAlikeSearch.choices(distance: distance)
    return try stride(from: 0, to: all, by: step).map { start in
      var search = LookAlikeSearch(distance: distance, directory: place.path)
      for number in order { try search.add(Self.image(number, hashes[number])) }
      let path = place.file("pairs-\(start)")
      try search.write(choices: start..<min(all, start + step), to: path)
      return path
    }
  }

  private func groups(
    _ hashes: [UInt64], distance: Int, order: some Sequence<Int>, choices step: Int = 100
  ) throws -> [UInt64] {
    let files = try pairs(hashes, distance: distance, order: order, choices: step)
    let found = try LookAlikes(pairs: files.reversed(), directory: place.path)
    #expect(found.images == found.images.sorted())
    #expect(found.group(of: .max) == .max)
    return hashes.indices.map { found.group(of: UInt64($0)) }
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
    // Neither order nor repetition changes anything, nor by how many searches the choices are gone through.
    let again = Array(hashes.indices).shuffled(using: &generator) + [0, 0]
    for step in [7, 1_000] {
      #expect(
        try groups(hashes, distance: distance, order: again, choices: step) == wanted)
    }
  }

  @Test func manyImagesOfOneHashAreOneGroup() throws {
    let hashes = [UInt64](repeating: 0, count: 5_000)
    let files = try pairs(hashes, distance: 5, order: hashes.indices, choices: 100)
    #expect(Set(try groups(hashes, distance: 5, order: hashes.indices)) == [0])
    // So many pairs join them, whatever number of choices finds each.
    #expect(try files.map { try FileSystem.read($0).count } == [4_999 * 16])
  }

  /// Each image is compared with so many of those that follow it, in the order of the images.
  @Test(arguments: [
    (LookAlikeSearch.mostCompared - 1, true), (LookAlikeSearch.mostCompared, false),
  ]) func soManyAreCompared(between: Int, isFound: Bool) throws {
    // They agree in three stretches of four and are two bits apart or more.
    let others = (0..<1 << 16 as Range<UInt64>).filter { $0.nonzeroBitCount == 6 }.prefix(between)
    let hashes = ([0] + others + [1]).map { $0 << 48 }
    let found = try groups(hashes, distance: 1, order: hashes.indices)
    #expect(found.last == (isFound ? 0 : UInt64(between) + 1))
  }

  @Test func noImagesAreNoGroups() throws {
    #expect(try groups([], distance: 5, order: []).isEmpty)
  }

  @Test func hashesAreRestored() throws {
    var generator = SeededGenerator(seed: 1)
    for distance in [0, 1, 5, 13, 61] {
      let choices = BitStretches.choices(
        0..<min(500, LookAlikeSearch.choices(distance: distance)), distance: distance)
      for choice in choices {
        let hash = UInt64.random(in: 0 ... .max, using: &generator)
        #expect(choice.restored(choice.ordered(hash)) == hash)
      }
    }
  }

  @Test(arguments: [[1, 2, 3], [2, 1], [1, 1]] as [[UInt64]])
  func damagedPairsAreNamed(words: [UInt64]) throws {
    let file = try AtomicFile(path: place.file("damaged"))
    try file.write(words: words)
    try file.commit()
    #expect {
      try LookAlikes(pairs: [place.file("damaged")], directory: place.path)
    } throws: {
      ($0 as? DeduplicationError)?.path == place.file("damaged")
    }
  }
}

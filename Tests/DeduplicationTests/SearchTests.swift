import Deduplication
import Documents
import Glibc
import TestSupport
import Testing

@Suite struct SearchTests {
  /// Fifty originals of 60 to 300 words with none to five edited copies each, some of them exact.
  private static func family(seed: UInt64) -> DocumentSet {
    var generator = SeededGenerator(seed: seed)
    var set = DocumentSet()
    for _ in 0..<50 {
      let original = DocumentSet.letters(Int.random(in: 60...300, using: &generator), &generator)
      set.add(original.joined(separator: " "))
      for _ in 0..<Int.random(in: 0...5, using: &generator) {
        var copy = original
        for _ in 0..<Int.random(in: 0...6, using: &generator) {
          copy[Int.random(in: copy.indices, using: &generator)] =
            DocumentSet.letters(1, &generator)[0]
        }
        set.add(copy.joined(separator: " "))
      }
    }
    return set
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func orderAndPartsChangeNothing(seed: UInt64) throws {
    let set = Self.family(seed: seed)
    let expected = try set.search().documents
    #expect(!expected.isEmpty)
    var generator = SeededGenerator(seed: seed &+ 100)
    for parts in [1, 2, 7, set.signatures.count] {
      let shuffled = set.signatures.indices.shuffled(using: &generator)
      let divided = (0..<parts).map { part in shuffled.filter { $0 % parts == part } }
      // Sixteen keys in memory: the rest goes through runs on disk.
      let memoryBytes = parts == 2 ? 1 << 20 : 256
      #expect(try set.search(parts: divided, memoryBytes: memoryBytes).documents == expected)
    }
  }

  @Test func theLeastRankAndThenTheLeastIdentityStays() throws {
    var set = DocumentSet()
    for rank in [2, 1, 1, 3] as [UInt32] { set.add("one two three four five six", rank: rank) }
    let kept = [1, 2].map(DocumentSet.id).min()
    let found = try set.search().documents
    #expect(found.count == 3)
    #expect(found.values.allSatisfy { $0 == Reason(.duplicateText, detail: kept?.description) })
  }

  @Test func everyReasonNamesADocumentThatStays() throws {
    let found = try Self.family(seed: 9).search().documents
    let dropped = Set(found.keys.map(\.description))
    for reason in found.values {
      #expect(reason.detail.map { !dropped.contains($0) } == true)
      guard reason.code == .nearDuplicate else { continue }
      #expect(reason.measured ?? 0 >= 0.7)
      #expect(reason.threshold == 0.7)
    }
  }

  @Test func addressesComeBeforeTexts() throws {
    var set = DocumentSet()
    set.add("one two three four five", rank: 0, url: "https://a.example/")
    set.add("six seven eight nine ten", rank: 1, url: "https://a.example/")
    set.add("six seven eight nine ten", rank: 2, url: "https://b.example/")
    let found = try set.search().documents
    // The third has the text of a document that is dropped already, so it stays.
    #expect(found.keys.sorted() == [DocumentSet.id(1)])
    #expect(found[DocumentSet.id(1)]?.code == .duplicateURL)
  }

  @Test func emptyAndShortTextsAreNoDuplicates() throws {
    var set = DocumentSet()
    for text in ["", "", "one two", "one two", "…", "…"] { set.add(text) }
    #expect(try set.search().documents.isEmpty)
    #expect(try DocumentSet().search(parts: []).documents.isEmpty)
    #expect(try DocumentSet().search(parts: [[], []]).documents.isEmpty)
  }

  @Test(arguments: [0.5, 0.79, 0.8, 0.81, 1])
  func candidatesBelowTheThresholdStay(threshold: Double) throws {
    // Eight of the ten shingles that either has: 9 of each, 8 shared. Bands of one row find them all.
    var set = DocumentSet()
    set.rules.near.shingle = 1
    set.rules.near.rows = 1
    set.rules.near.bands = 64
    set.rules.near.threshold = threshold
    set.add("a b c d e f g h i")
    set.add("a b c d e f g h j")
    let reason = try set.search().documents.values.first
    #expect((reason != nil) == (0.8 >= threshold))
    #expect(reason == nil || reason?.measured == 0.8)
  }

  /// Two pages of one template, forty words each but for the last.
  @Test(arguments: [
    // Host and images of the second; the first is a.example's and shows one and two.
    ("a.example", ["three"], 100, false), ("a.example", ["three"], 0, true),
    ("a.example", ["three"], 30, true), ("a.example", ["two", "three"], 100, true),
    ("a.example", [], 100, true), ("b.example", ["three"], 100, true),
  ])
  func differentImagesTellShortPagesOfAHostApart(
    host: String, shows: [String], below: Int, isDuplicate: Bool
  ) throws {
    var set = DocumentSet()
    set.rules.near.imagesTellBelow = below
    var generator = SeededGenerator(seed: 11)
    let words = DocumentSet.letters(39, &generator).joined(separator: " ")
    set.add(words + " file", host: "a.example", shows: ["one", "two"])
    set.add(words + " edit", host: host, shows: shows)
    #expect(try set.search().documents.count == (isDuplicate ? 1 : 0))
  }

  @Test func blocksStayOnTheFirstOfTooManyPages() throws {
    var set = DocumentSet()
    set.rules.paragraphs.enabled = true
    var generator = SeededGenerator(seed: 4)
    for page in 0..<5 {
      let text = DocumentSet.letters(40, &generator).joined(separator: " ")
      set.add(
        text, rank: UInt32(page),
        paragraphs: ["licence", text, page < 3 ? "thrice" : "x\(page)", "licence"])
    }
    let blocks = try set.search(parts: [[4, 1], [0, 2, 3]]).blocks
    #expect(blocks[DocumentSet.id(0)] == [3])
    for page in 1..<5 { #expect(blocks[DocumentSet.id(page)] == [0, 3]) }
  }

  @Test func theSameImagesAreDuplicatesWhereAskedFor() throws {
    var set = DocumentSet()
    for images in ["a", "b", "a"] { set.add("", images: images) }
    #expect(try set.search().documents.isEmpty)
    set.rules.images.enabled = true
    let found = try set.search().documents
    #expect(found.values.map(\.code) == [.duplicateImageSet])
  }

  /// Ten times the documents take less than fifteen times the work: comparisons are counted by the
  /// processor time of the searching thread, whose smallest of three runs is taken.
  @Test func costIsNearLinear() throws {
    func seconds(_ count: Int) throws -> Double {
      var generator = SeededGenerator(seed: 5)
      var set = DocumentSet()
      // One tenth is copies of one page, as of a template: a bucket that grows with the set.
      let template = DocumentSet.letters(30, &generator)
      for number in 0..<count {
        var words = DocumentSet.letters(30, &generator)
        if number % 10 == 0 { words = template.dropLast() + words.prefix(1) }
        set.add(words.joined(separator: " "))
      }
      return try (0..<3).map { _ in
        let start = threadSeconds()
        _ = try set.search()
        return threadSeconds() - start
      }.min() ?? 0
    }
    let (small, large) = (try seconds(1_000), try seconds(10_000))
    #expect(large < 15 * small + 0.05)
  }
}

/// The processor time of this thread in seconds: other work on the machine adds nothing to it.
private func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

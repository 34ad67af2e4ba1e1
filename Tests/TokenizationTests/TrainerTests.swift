import Storage
import TestSupport
import Testing
import Tokenization

struct TrainerTests {
  /// Lines of words that a seed makes up, common ones more often.
  static func lines(_ count: Int, seed: UInt64 = 1) -> [String] {
    var generator = SeededGenerator(seed: seed)
    let syllables = ["ka", "lo", "mi", "ne", "ru", "sta", "ven", "or", "ti", "ul"]
    let words = (0..<400).map { _ in
      (0..<Int.random(in: 1...4, using: &generator))
        .map { _ in syllables[Int.random(in: 0..<10, using: &generator)] }.joined()
    }
    return (0..<count).map { _ in
      (0..<Int.random(in: 3...12, using: &generator)).map { _ in
        words[Int.random(in: 0...Int.random(in: 0..<400, using: &generator), using: &generator)]
      }.joined(separator: " ")
    }
  }

  @Test func theModelHasThePiecesAskedFor() throws {
    let tokenizer = try Tokenizer(
      modelBytes: try TokenizerTrainer(pieces: 200).train(lines: Self.lines(500)))
    #expect(tokenizer.vocabulary.size == 207)
    let text = "kalomi ven 12ru"
    #expect(tokenizer.decode(tokenizer.encode("kalomi ven")) == "kalomi ven")
    // Digits were never seen: they are unknown, and apart from letters.
    #expect(tokenizer.encode(text).contains(Vocabulary.unknown))
    let longest = (4..<Int32(201)).map { tokenizer.piece(of: $0).count }.max() ?? 0
    #expect((3...16).contains(longest))
  }

  @Test func theSameLinesGiveTheSameBytes() async throws {
    let lines = Self.lines(800)
    let models = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<4 {
        group.addTask { try TokenizerTrainer(pieces: 250).train(lines: lines) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(models).count == 1)
  }

  @Test func digitsStandApartFromLetters() throws {
    let lines = (0..<300).map { "room\($0 % 40)a and item\($0 % 30)b" }
    let tokenizer = try Tokenizer(
      modelBytes: try TokenizerTrainer(pieces: 44).train(lines: lines))
    for id in tokenizer.vocabulary.textIDs {
      let piece = tokenizer.piece(of: id)
      #expect(!(piece.contains(where: \.isNumber) && piece.contains(where: \.isLetter)), "\(piece)")
    }
  }

  @Test(arguments: [[], [""], ["  \t"], ["\u{200B}", "\u{3000}"], ["\u{2585} a"], ["\u{0}"]])
  func aCorpusWithoutTextIsAnError(lines: [String]) {
    #expect { try TokenizerTrainer(pieces: 10).train(lines: lines) } throws: {
      ($0 as? TokenizerError)?.code == .corpusTooSmall
    }
  }

  @Test func tooManyPiecesSayHowManyAreSupported() {
    #expect { try TokenizerTrainer(pieces: 8000).train(lines: ["hello world"]) } throws: {
      ($0 as? TokenizerError)?.code == .corpusTooSmall
        && "\($0)".contains("8000 pieces: it supports at most 11")
    }
  }

  @Test func tooFewPiecesForTheCharactersSaySo() {
    #expect { try TokenizerTrainer(pieces: 5).train(lines: ["hello world"]) } throws: {
      ($0 as? TokenizerError)?.code == .vocabularyTooSmall && "\($0)".contains("more pieces")
    }
  }

  @Test func aSampleIsTheSameInAnyOrder() {
    let lines = Self.lines(3000)
    func sample(_ texts: [String], limit: Int = 20_000) -> [String] {
      var sample = LineSample(seed: 3, byteLimit: limit)
      for text in texts { sample.add(text) }
      return sample.finish()
    }
    let forward = sample(lines)
    #expect(forward == sample(lines.reversed()))
    #expect(forward == sample([lines.joined(separator: "\n"), lines[7], ""]))
    let bytes = forward.reduce(0) { $0 + $1.utf8.count }
    #expect((19_000...20_000).contains(bytes))
    #expect(Set(forward).count == forward.count && forward != forward.sorted())
    #expect(Set(sample(lines, limit: 1 << 20)) == Set(lines))

    var halves = [LineSample(seed: 3, byteLimit: 20_000), LineSample(seed: 3, byteLimit: 20_000)]
    for (index, line) in lines.enumerated() { halves[index % 2].add(line) }
    halves[1].add(halves[0])
    #expect(halves[1].finish() == forward)
  }

  /// Samples of parts, however the text is divided, are joined to the sample of everything.
  @Test(arguments: [40, 300, 2_000, 100_000], 0..<20 as Range<UInt64>)
  func samplesOfPartsAreJoined(limit: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let lines = (0..<60).map { number in
      String(repeating: "\(number) ", count: Int.random(in: 1...12, using: &generator))
    }
    var whole = LineSample(seed: seed, byteLimit: limit)
    var parts = (0..<4).map { _ in LineSample(seed: seed, byteLimit: limit) }
    for line in lines {
      whole.add(line)
      for _ in 0..<2 { parts[Int.random(in: 0..<4, using: &generator)].add(line) }
    }
    var joined = LineSample(seed: seed, byteLimit: limit)
    for index in parts.indices {
      let found = parts[index].finish()
      joined.lower(ceiling: parts[index].ceiling)
      for line in found { joined.add(line) }
    }
    #expect(joined.finish() == whole.finish())
  }

  @Test func longLinesAreCutBetweenCharacters() {
    var sample = LineSample(seed: 0)
    let text = String(repeating: "aé東😀", count: 3000)
    sample.add(text)
    let pieces = sample.finish()
    #expect(pieces.allSatisfy { $0.utf8.count <= LineSample.lineLimit && !$0.contains("\u{FFFD}") })
    #expect(pieces.reduce(0) { $0 + $1.utf8.count } <= text.utf8.count)
    #expect(pieces.count > 1)
  }
}

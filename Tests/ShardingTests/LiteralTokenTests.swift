import Documents
import Sharding
import TestSupport
import Testing
import Tokenization

/// What a page says never becomes a special token, from its text to the sequence that is trained on.
struct LiteralTokenTests {
  private static let names = [
    "<s>", "<pad>", "</s>", "<unk>", "<mask>", "</doc>", "<image>", "</image>", "</chunk>",
    "</line>",
  ]

  /// A tokenizer of texts that are full of such names, so that they may well be pieces of it.
  private static let tokenizer = Result {
    try Tokenizer(
      modelBytes: try TokenizerTrainer(pieces: 30).train(
        lines: (0..<200).map { "\(names[$0 % names.count]) word\(names[$0 / 10 % names.count])" }))
  }

  /// Documents of two lines and an image, the names in all of their texts.
  private func documents(_ tokenizer: Tokenizer) -> [TokenizedDocument] {
    Self.names.enumerated().map { number, name in
      let text = TextNode(text: "\(name)\nword \(name)\(name) word", path: "/p")
      let page = InterleavedDocument(
        id: Samples.id(number), url: "http://a.test/", nodes: [.text(text)])
      var document = TokenizedDocument(page, tokenizer: tokenizer)
      document.units.insert(.image(0), at: 1)
      document.images.append(Samples.digest(number))
      return document
    }
  }

  @Test func shardsHaveTheTokensOfTheirStructureAlone() throws {
    let tokenizer = try Self.tokenizer.get()
    let vocabulary = tokenizer.vocabulary
    let directory = TemporaryDirectory()
    var writer = TokenizedPartWriter(corpus: .interleaved, tokenizer: Samples.digest(1000))
    for document in documents(tokenizer) { writer.add(document) }
    try writer.write(to: directory.file("part"))
    var description = Samples.description(maximumLength: 120)
    description.vocabularySize = vocabulary.size
    let sharder = CorpusSharder(
      description, vocabulary: vocabulary, seed: 1, validationFraction: 0)
    _ = try sharder.write(
      [try TokenizedPart(path: directory.file("part"))], to: directory.path,
      features: Samples.features)
    let set = try ShardSet(directory: directory.path, split: .train)

    var counts: [Int32: Int] = [:]
    for number in 0..<set.count {
      for token in try set.sequence(at: number).sequence.tokens { counts[token, default: 0] += 1 }
    }
    let count = Self.names.count
    let special: [(Int32, Int)] = [
      (Vocabulary.begin, set.count), (Vocabulary.pad, 0), (Vocabulary.end, count),
      (vocabulary.mask, 0), (vocabulary.documentEnd, 0), (vocabulary.image, count * 4),
      (vocabulary.imageEnd, count), (vocabulary.chunkEnd, 0), (vocabulary.lineEnd, count),
    ]
    for (token, expected) in special { #expect(counts[token, default: 0] == expected) }
    // The names are there as text.
    #expect(counts.values.reduce(0, +) > count * 12)
  }

  @Test(arguments: names) func aNameIsTheTextThatItWas(name: String) throws {
    let tokenizer = try Self.tokenizer.get()
    let ids = tokenizer.encode(name)
    #expect(ids.allSatisfy(tokenizer.vocabulary.textIDs.contains))
    #expect(tokenizer.decode(ids) == name)
  }
}

import Documents
import Sharding
import Storage
import TestSupport
import Testing
import Tokenization

struct TokenizedPartTests {
  private let directory = TemporaryDirectory()

  private func documents(_ count: Int) -> [TokenizedDocument] {
    var generator = SeededGenerator(seed: 4)
    return (0..<count).map {
      Samples.document($0, maximumLine: 9, images: true, using: &generator)
    }
  }

  private func write(_ documents: [TokenizedDocument], _ name: String = "part") throws -> String {
    var writer = TokenizedPartWriter(corpus: .interleaved, tokenizer: Samples.digest(1000))
    for document in documents { writer.add(document) }
    let path = directory.file(name)
    try writer.write(to: path)
    return path
  }

  @Test(arguments: [0, 1, 2, 50])
  func whatIsWrittenIsRead(count: Int) throws {
    let documents = documents(count)
    let part = try TokenizedPart(path: try write(documents))
    #expect(part.corpus == .interleaved && part.tokenizer == Samples.digest(1000))
    #expect(part.documentIDs == documents.map(\.id))
    for index in 0..<count { #expect(try part.document(at: index) == documents[index]) }
  }

  @Test func contextIsKeptAndOnlyNamedWhereThereIsAny() throws {
    var documents = documents(3)
    let plain = try FileSystem.read(try write(documents))
    #expect(!String(decoding: plain, as: UTF8.self).contains("contextLengths"))
    documents[1].contextLength = 7
    let part = try TokenizedPart(path: try write(documents))
    for index in 0..<3 { #expect(try part.document(at: index) == documents[index]) }
  }

  @Test func bytesAreTheSameEachTime() throws {
    let one = try FileSystem.read(try write(documents(20), "one"))
    #expect(try FileSystem.read(try write(documents(20), "two")) == one)
  }

  @Test func anotherFileIsRefused() throws {
    var writer = ShardWriter(Samples.description())
    writer.add(try #require(packed(documents(1)).first))
    try writer.write(to: directory.file("shard"), features: Samples.features)
    #expect { try TokenizedPart(path: directory.file("shard")) } throws: {
      "\($0)".contains("'weft-shard' file where a 'weft-tokens' file")
    }
  }

  private func packed(_ documents: [TokenizedDocument]) -> [PackedSequence] {
    var packer = Packer(
      corpus: .interleaved, vocabulary: Samples.vocabulary, maximumLength: 24, latents: 3)
    return documents.flatMap { packer.add($0) } + [packer.finish()].compactMap { $0 }
  }

  /// Damaged parts are refused or read within their bounds: a trap would end the test process.
  @Test func damageNeverTraps() throws {
    let whole = try FileSystem.read(try write(documents(6)))
    let path = directory.file("damaged")
    for count in stride(from: 0, to: whole.count, by: 7) {
      try Samples.overwrite(path, Array(whole[..<count]))
      #expect(throws: ShardingError.self) { try TokenizedPart(path: path) }
    }
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<1500 {
      var bytes = whole
      let index = Int.random(in: bytes.indices, using: &generator)
      bytes[index] = UInt8.random(in: 0...255, using: &generator)
      try Samples.overwrite(path, bytes)
      guard let part = try? TokenizedPart(path: path) else { continue }
      for index in 0..<part.count { _ = try? part.document(at: index) }
    }
  }

  @Test func aDocumentIsTokenizedLineByLine() throws {
    let lines = ["one two three", "four five", "six seven eight nine"]
    let tokenizer = try Tokenizer(modelBytes: try TokenizerTrainer(pieces: 22).train(lines: lines))
    func image(_ digest: Digest?) -> Node {
      .image(
        ImageReference(
          url: "http://a.test/a.png", path: "/img",
          resolved: digest.map {
            ResolvedImage(
              digest: $0, format: .png, width: 64, height: 64, byteCount: 9, isSingleColour: false,
              perceptualHash: PerceptualHash(bits: 0),
              record: Samples.id(9),
              location: RecordLocation(
                input: 0, memberOffset: 0, memberLength: 0, recordOffset: 0, recordLength: 0))
          }))
    }
    let document = InterleavedDocument(
      id: Samples.id(1), url: "http://a.test/",
      nodes: [
        .text(TextNode(text: "one two three\n\n \nfour five\n", path: "/p")),
        image(Samples.digest(5)), image(nil), image(Samples.digest(5)),
        .text(TextNode(text: "six seven eight nine", path: "/p")),
      ])
    let tokenized = TokenizedDocument(document, tokenizer: tokenizer)
    #expect(
      tokenized.units == [
        .line(tokenizer.encode("one two three")), .line(tokenizer.encode("four five")),
        .image(0), .image(1), .line(tokenizer.encode("six seven eight nine")),
      ])
    #expect(tokenized.images == [Samples.digest(5), Samples.digest(5)])

    let pair = TokenizedDocument(
      pairOf: Samples.id(1), image: Samples.digest(5), caption: "one\ntwo", tokenizer: tokenizer)
    #expect(pair.units == [.image(0), .line(tokenizer.encode("one two"))])
  }
}

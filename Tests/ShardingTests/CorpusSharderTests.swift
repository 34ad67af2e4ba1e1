import Documents
import Hashing
import Sharding
import Storage
import TestSupport
import Testing

struct CorpusSharderTests {
  private let directory = TemporaryDirectory()

  /// Writes documents into parts of so many each.
  private func parts(
    _ name: String, _ corpus: Corpus = .interleaved, documents: Int = 60, perPart: Int = 60
  ) throws -> [TokenizedPart] {
    var generator = SeededGenerator(seed: 21)
    let all = (0..<documents).map { number in
      corpus == .pairs
        ? TokenizedDocument(
          id: Samples.id(number), units: [.image(0), .line([5, 6])],
          images: [Samples.digest(number % 7)])
        : Samples.document(
          number, maximumLine: 9, images: corpus == .interleaved, using: &generator)
    }
    return try stride(from: 0, to: documents, by: perPart).map { start in
      var writer = TokenizedPartWriter(corpus: corpus, tokenizer: Samples.digest(1000))
      for document in all[start..<min(documents, start + perPart)] { writer.add(document) }
      let path = directory.file("\(name)-\(start)")
      try writer.write(to: path)
      return try TokenizedPart(path: path)
    }
  }

  private func sharder(_ corpus: Corpus = .interleaved) -> CorpusSharder {
    var sharder = CorpusSharder(
      Samples.description(corpus), vocabulary: Samples.vocabulary, seed: 1,
      validationFraction: 0.2)
    sharder.shardByteCount = 2000
    return sharder
  }

  @Test(arguments: Corpus.crawled)
  func everyDocumentIsInItsSplitOnce(corpus: Corpus) throws {
    let parts = try parts("part", corpus)
    let target = directory.file("shards")
    let (index, tokens) = try sharder(corpus).write(
      parts, to: target, features: Samples.features)
    #expect(tokens.isBalanced)
    var seen: [DocumentID: Split] = [:]
    for split in Split.allCases {
      let set = try ShardSet(directory: target, split: split)
      #expect(set.count == index.counts(split).sequences && set.count > 0)
      for number in 0..<set.count {
        for segment in try set.sequence(at: number).sequence.segments where segment.offset == 0 {
          #expect(seen.updateValue(split, forKey: segment.document) == nil)
        }
      }
    }
    #expect(seen.count == 60)
    for (id, split) in seen {
      #expect(split == Split(of: id, seed: 1, validationFraction: 0.2))
    }
    #expect(index.counts().tokens - index.counts().sequences == tokens.kept)
    #expect(index.shards.count > 2)
  }

  @Test func bytesDependNeitherOnPartsNorOnRepetition() throws {
    let targets = ["a", "b"].map(directory.file)
    let one = try sharder().write(
      try parts("a", perPart: 60), to: targets[0], features: Samples.features)
    let many = try sharder().write(
      try parts("b", perPart: 7), to: targets[1], features: Samples.features)
    #expect(one.index == many.index)
    for name in one.index.shards.map(\.file) + ["index.json"] {
      let first = try Digest(ofFile: "\(targets[0])/\(name)")
      #expect(try Digest(ofFile: "\(targets[1])/\(name)") == first)
    }
  }

  @Test func theIndexTellsEachShardsDigest() throws {
    let target = directory.file("shards")
    var written: [String] = []
    var sharder = sharder()
    sharder.onShard = { written.append($0.file) }
    let index = try sharder.write(try parts("part"), to: target, features: Samples.features).index
    #expect(try ShardIndex(directory: target) == index)
    #expect(written == index.shards.map(\.file))
    #expect(written.first == "shard-00000.safetensors")
    for shard in index.shards {
      #expect(try Digest(ofFile: "\(target)/\(shard.file)") == shard.sha256)
      #expect(FileSystem.size("\(target)/\(shard.file)") == shard.bytes)
      try Shard(path: "\(target)/\(shard.file)").verify()
    }
  }

  @Test func aSetFindsEachSequence() throws {
    let target = directory.file("shards")
    _ = try sharder().write(try parts("part"), to: target, features: Samples.features)
    let set = try ShardSet(directory: target, split: .train)
    var number = 0
    for (index, shard) in set.shards.enumerated() {
      for sequence in 0..<shard.count {
        #expect(set.place(of: number) == (index, sequence))
        #expect(try set.sequence(at: number).sequence == shard.sequence(at: sequence))
        number += 1
      }
    }
    #expect(number == set.count)
  }

  @Test func otherTokenizersAndEncodersAreRefused() throws {
    let target = directory.file("shards")
    let parts = try parts("part")
    var other = sharder()
    other.description.tokenizer = Samples.digest(3)
    #expect { try other.write(parts, to: target, features: Samples.features) } throws: {
      ($0 as? ShardingError)?.code == .mismatch && "\($0)".contains("tokenize it again")
    }
    _ = try sharder().write(parts, to: target, features: Samples.features)
    let set = try ShardSet(directory: target, split: .train)
    try set.require(
      tokenizer: Samples.digest(1000), encoder: Samples.digest(1001), preprocessing: "clip-32-v1")
    #expect { try set.require(tokenizer: Samples.digest(3)) } throws: {
      "\($0)".contains("the tokenizer e8") && "\($0)".contains("make the shards again")
    }
    #expect(throws: ShardingError.self) { try set.require(encoder: Samples.digest(3)) }
    #expect(throws: ShardingError.self) { try set.require(preprocessing: "clip-32-v2") }
  }

  @Test func aShardThatWasExchangedIsRefused() throws {
    let target = directory.file("shards")
    let index = try sharder().write(
      try parts("part"), to: target, features: Samples.features
    ).index
    let names = index.shards.map(\.file)
    try Samples.overwrite(
      "\(target)/\(names[0])", try FileSystem.read("\(target)/\(names[1])"))
    #expect { try ShardSet(directory: target, split: .train) } throws: {
      ($0 as? ShardingError)?.code == .mismatch
    }
    try FileSystem.remove("\(target)/\(names[0])")
    #expect { try ShardSet(directory: target, split: .train) } throws: {
      ($0 as? ShardingError)?.code == .unreadable && "\($0)".contains(names[0])
    }
  }

  @Test(arguments: [
    "", "{", "[]", "{}", #"{"format":"weft-shard-index","version":1,"corpus":"text"}"#,
    #"{"format":"weft-shard-index","version":2,"corpus":"text","shards":[]}"#,
    #"{"format":"other","version":1,"corpus":"text","shards":[]}"#,
    #"{"format":"weft-shard-index","version":1,"corpus":"texts","shards":[]}"#,
    #"{"format":"weft-shard-index","version":1,"corpus":"text","shards":[{"file":"../x","split":"train","counts":{"sequences":0,"tokens":0,"targets":0,"images":0,"slots":0,"segments":0,"documents":0},"bytes":0,"sha256":"0000000000000000000000000000000000000000000000000000000000000000"}]}"#,
    #"{"format":"weft-shard-index","version":1,"corpus":"text","shards":[{"file":"x","split":"train","counts":{"sequences":9223372036854775807,"tokens":0,"targets":0,"images":0,"slots":0,"segments":0,"documents":0},"bytes":0,"sha256":"0000000000000000000000000000000000000000000000000000000000000000"}]}"#,
  ])
  func aWrongIndexIsRefused(json: String) throws {
    try AtomicFile.write(json, to: directory.file("index.json"))
    #expect { try ShardIndex(directory: directory.path) } throws: {
      "\($0)".contains("index.json") && "\($0)".contains("again") || "\($0)".contains("beside it")
    }
  }

  @Test func aSplitWithoutShardsIsEmpty() throws {
    let index = ShardIndex(corpus: .text, shards: [])
    try index.write(to: directory.path)
    let set = try ShardSet(directory: directory.path, split: .validation)
    #expect(set.count == 0 && set.description == nil)
    try set.require(tokenizer: Samples.digest(1))
  }
}

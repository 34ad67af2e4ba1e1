import Documents
import Hashing
import Safetensors
import Sharding
import Storage
import TestSupport
import Testing

struct ShardTests {
  private let directory = TemporaryDirectory()
  private let description = Samples.description()

  private func sequences(_ documents: Int = 12) -> [PackedSequence] {
    var generator = SeededGenerator(seed: 11)
    var packer = Packer(
      corpus: .interleaved, vocabulary: Samples.vocabulary, maximumLength: 24, latents: 3)
    let packed = (0..<documents).flatMap {
      packer.add(Samples.document($0, maximumLine: 9, images: true, using: &generator))
    }
    return packed + [packer.finish()].compactMap { $0 }
  }

  private func write(_ sequences: [PackedSequence], _ name: String = "shard") throws -> String {
    var writer = ShardWriter(description)
    for sequence in sequences { writer.add(sequence) }
    let path = directory.file(name)
    try writer.write(to: path, features: Samples.features)
    return path
  }

  @Test func whatIsWrittenIsRead() throws {
    let sequences = sequences()
    let shard = try Shard(path: try write(sequences))
    #expect(shard.description == description)
    #expect(shard.count == sequences.count && sequences.count > 5)
    for (index, packed) in sequences.enumerated() {
      let read = try shard.sequence(at: index)
      #expect(read.tokens == packed.tokens && read.lossMask == packed.lossMask)
      #expect(read.segments == packed.segments)
      #expect(read.images.map(\.position) == packed.images.map(\.position))
      #expect(read.images.map { shard.imageDigest(row: $0.row) } == packed.images.map(\.digest))
      #expect(shard.tokenCount(ofSequence: index) == packed.tokens.count)
    }
    try shard.verify()
  }

  @Test func eachImageIsThereOnce() throws {
    let sequences = sequences()
    let shard = try Shard(path: try write(sequences))
    let digests = sequences.flatMap { $0.images.map(\.digest) }
    #expect(shard.counts.slots == digests.count)
    #expect(shard.counts.images == Set(digests).count && shard.counts.images < digests.count)
    for row in 0..<shard.counts.images {
      #expect(shard.featureBytes(row: row) == Samples.features(shard.imageDigest(row: row)))
    }
  }

  @Test func countsAreTrue() throws {
    let sequences = sequences()
    var writer = ShardWriter(description)
    for sequence in sequences { writer.add(sequence) }
    let path = directory.file("shard")
    try writer.write(to: path, features: Samples.features)
    let shard = try Shard(path: path)
    #expect(shard.counts == writer.counts)
    #expect(shard.counts.tokens == sequences.reduce(0) { $0 + $1.tokens.count })
    #expect(shard.counts.documents == 12)
    #expect(shard.counts.segments == sequences.reduce(0) { $0 + $1.segments.count })
    #expect(shard.byteCount - writer.byteCount < 4096)
    let share = shard.counts.paddingShare(maximumLength: 24)
    #expect(share == 1 - Double(shard.counts.tokens) / Double(shard.count * 24))
  }

  @Test func aTokenLeadsToItsDocument() throws {
    let sequences = sequences()
    let shard = try Shard(path: try write(sequences))
    let sequence = try shard.sequence(at: 1)
    #expect(sequence.segment(at: 0) == nil && sequence.documentOffset(at: 0) == nil)
    for segment in sequence.segments {
      #expect(sequence.segment(at: segment.start) == segment)
      #expect(sequence.documentOffset(at: segment.start) == segment.offset)
    }
    let last = try #require(sequence.segments.last)
    #expect(
      sequence.documentOffset(at: sequence.tokens.count - 1)
        == last.offset + sequence.tokens.count - 1 - last.start)
  }

  @Test func anEmptyShardIsAShard() throws {
    let shard = try Shard(path: try write([]))
    #expect(shard.count == 0)
    try shard.verify()
  }

  @Test func featuresOfAnotherSizeAreRefused() throws {
    var writer = ShardWriter(description)
    for sequence in sequences() { writer.add(sequence) }
    #expect { try writer.write(to: directory.file("x"), features: { _ in [1, 2] }) } throws: {
      "\($0)".contains("2 bytes where 5 x 4 float16 need 40")
    }
    #expect(!FileSystem.isFile(directory.file("x")))
  }

  @Test func featuresThatAreNoNumberAreFound() throws {
    var writer = ShardWriter(description)
    for sequence in sequences() { writer.add(sequence) }
    let path = directory.file("nan")
    try writer.write(to: path) { _ in [UInt8](repeating: 0x7E, count: 40) }
    #expect { try Shard(path: path).verify() } throws: { "\($0)".contains("not all finite") }
  }

  @Test(arguments: [
    ("\"version\":\"2\"", "\"version\":\"9\"", ShardingError.Code.wrongVersion),
    ("\"format\":\"weft-shard\"", "\"format\":\"weft-shred\"", .damaged),
    ("\"corpus\":\"interleaved\"", "\"corpus\":\"interleavex\"", .damaged),
    ("\"encoder\":\"e9", "\"encoder\":\"x9", .damaged),
    ("\"latents\":\"3\"", "\"latents\":\"z\"", .damaged),
    ("\"maximumLength\":\"24\"", "\"maximumLength\":\"04\"", .damaged),
    ("\"preprocessing\"", "\"preprocessinh\"", .damaged),
    ("\"featureWidth\":\"4\"", "\"featureWidth\":\"5\"", .damaged),
    ("\"lossMask\"", "\"lossMusk\"", .damaged),
  ])
  func aWrongHeaderIsRefused(from: String, to: String, code: ShardingError.Code) throws {
    let whole = try FileSystem.read(try write(sequences()))
    let bytes = try #require(replacing(Array(from.utf8), by: Array(to.utf8), in: whole))
    let path = directory.file("wrong")
    try Samples.overwrite(path, bytes)
    #expect { try Shard(path: path) } throws: {
      ($0 as? ShardingError)?.code == code && "\($0)".contains(path)
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let whole = try FileSystem.read(try write(sequences(3)))
    let path = directory.file("cut")
    for count in whole.indices {
      try Samples.overwrite(path, Array(whole[..<count]))
      #expect(throws: ShardingError.self) { try Shard(path: path) }
    }
  }

  /// Damaged shards are refused or read within their bounds: a trap would end the test process.
  @Test func damageNeverTraps() throws {
    let whole = try FileSystem.read(try write(sequences(5)))
    let path = directory.file("damaged")
    var generator = SeededGenerator(seed: 2)
    var found = 0
    for _ in 0..<2000 {
      var bytes = whole
      for _ in 0...Int.random(in: 0..<3, using: &generator) {
        let index = Int.random(in: bytes.indices, using: &generator)
        bytes[index] = UInt8.random(in: 0...255, using: &generator)
      }
      try Samples.overwrite(path, bytes)
      do {
        let shard = try Shard(path: path)
        for index in 0..<shard.count {
          let sequence = try shard.sequence(at: index)
          for image in sequence.images { _ = shard.featureBytes(row: image.row) }
        }
        try shard.verify()
      } catch { found += 1 }
    }
    #expect(found > 1000)
  }

  private func replacing(_ old: [UInt8], by new: [UInt8], in bytes: [UInt8]) -> [UInt8]? {
    for start in 0..<bytes.count - old.count
    where bytes[start..<start + old.count].elementsEqual(old) {
      return Array(bytes[..<start]) + new + Array(bytes[(start + old.count)...])
    }
    return nil
  }
}

import Documents
import Hashing
import Safetensors
import Sharding
import Storage
import TestSupport
import Testing

/// Every damage of a header is refused by the shard, or seen by who compares it with its index.
struct ShardDamageTests {
  private let directory = TemporaryDirectory()

  private func shard() throws -> (path: String, bytes: [UInt8], headerEnd: Int) {
    var generator = SeededGenerator(seed: 12)
    var packer = Packer(
      corpus: .interleaved, vocabulary: Samples.vocabulary, maximumLength: 24, latents: 3)
    var writer = ShardWriter(Samples.description())
    for number in 0..<4 {
      let document = Samples.document(number, maximumLine: 9, images: true, using: &generator)
      for sequence in packer.add(document) { writer.add(sequence) }
    }
    if let rest = packer.finish() { writer.add(rest) }
    let path = directory.file("shard")
    try writer.write(to: path, features: Samples.features)
    let bytes = try FileSystem.read(path)
    return (path, bytes, 8 + Int(bytes[0]) + Int(bytes[1]) << 8)
  }

  /// A flipped bit that leaves a shard readable changes what the shard says of itself, which is compared with
  /// the index and with the tokenizer and encoder that are used.
  @Test func everyFlippedBitOfTheHeaderIsSeen() throws {
    let (path, bytes, headerEnd) = try shard()
    let whole = try Shard(path: path)
    let damaged = directory.file("damaged")
    var refused = 0
    for index in 0..<headerEnd {
      for bit in 0..<8 {
        var copy = bytes
        copy[index] ^= 1 << UInt8(bit)
        try Samples.overwrite(damaged, copy)
        guard let shard = try? Shard(path: damaged) else {
          refused += 1
          continue
        }
        // A capital letter of a hexadecimal digit says the same, and is seen by the file's own digest.
        let isCase = bit == 5 && UInt8(ascii: "a")...UInt8(ascii: "f") ~= bytes[index]
        #expect(
          isCase || shard.description != whole.description || shard.counts != whole.counts,
          "bit \(bit) of byte \(index)")
      }
    }
    #expect(refused > headerEnd * 6)
  }

  /// Digests that are digits still, and counts that nothing else in the shard tells.
  @Test func theIndexSeesWhatTheShardCannot() throws {
    let (_, bytes, headerEnd) = try shard()
    let name = ShardIndex.shardName(0)
    try Samples.overwrite(directory.file(name), bytes)
    let entry = try ShardIndex.Entry(file: name, in: directory.path)
    try ShardIndex(corpus: .interleaved, shards: [entry]).write(to: directory.path)
    #expect(try ShardSet(directory: directory.path, split: .train).count > 0)
    let header = bytes[8..<headerEnd]
    for key in ["\"documents\":\"", "\"targets\":\""] {
      let place = try #require(header.firstRange(of: Array(key.utf8))).upperBound
      var copy = bytes
      copy[place] ^= 1
      try Samples.overwrite(directory.file(name), copy)
      #expect {
        try ShardSet(directory: directory.path, split: .train)
      } throws: {
        ($0 as? ShardingError)?.code == .mismatch || ($0 as? ShardingError)?.code == .damaged
      }
    }
  }

  /// Whatever is left of a stream is refused as what is left of a file is.
  @Test func everyTruncationOfAStreamIsRefused() throws {
    let (path, bytes, headerEnd) = try shard()
    let digest = try Digest(ofFile: path)
    let cut = directory.file("cut")
    let lengths = Array(0..<40) + Array(stride(from: 40, to: bytes.count, by: 7)) + [headerEnd]
    for length in lengths {
      try Samples.overwrite(cut, Array(bytes[..<length]))
      #expect(throws: ShardingError.self) { try drain(cut, digest) }
    }
    try Samples.overwrite(cut, bytes + [0])
    #expect { try drain(cut, digest) } throws: { "\($0)".contains("goes on") }
  }

  @Test func aFlippedBitOfAStreamIsSeenByItsDigest() throws {
    let (path, bytes, headerEnd) = try shard()
    let digest = try Digest(ofFile: path)
    for index in stride(from: headerEnd, to: bytes.count, by: 11) {
      var copy = bytes
      copy[index] ^= 4
      try Samples.overwrite(directory.file("flipped"), copy)
      #expect { try drain(directory.file("flipped"), digest) } throws: {
        "\($0)".contains("SHA-256") && "\($0)".contains("fetch it again")
      }
    }
  }

  private func drain(_ path: String, _ digest: Digest) throws {
    let stream = try ShardStream(try ByteStream(path: path), digest: digest)
    while try stream.next() != nil {}
  }
}

import Documents
import Foundation
import Glibc
import Hashing
import Safetensors
import Sharding
import Storage
import TestSupport
import Testing

/// A shard out of a pipe is the shard in the file.
struct ShardStreamTests {
  private let directory = TemporaryDirectory()

  private func write(featureTokens: Int = 5) throws -> String {
    var generator = SeededGenerator(seed: 14)
    var packer = Packer(
      corpus: .interleaved, vocabulary: Samples.vocabulary, maximumLength: 24, latents: 3)
    var description = Samples.description()
    description.featureTokens = featureTokens
    var writer = ShardWriter(description)
    for number in 0..<20 {
      let document = Samples.document(number, maximumLine: 9, images: true, using: &generator)
      for sequence in packer.add(document) { writer.add(sequence) }
    }
    let path = directory.file("shard-\(featureTokens)")
    try writer.write(to: path) { _ in [UInt8](repeating: 0x3C, count: featureTokens * 8) }
    return path
  }

  /// Feeds a file into a named pipe and gives the pipe's path.
  private func pipe(_ path: String) throws -> String {
    let pipe = directory.file("pipe")
    try #require(mkfifo(pipe, 0o600) == 0)
    let bytes = try FileSystem.read(path)
    Thread {
      guard let file = fopen(pipe, "wb") else { return }
      fwrite(bytes, 1, bytes.count, file)
      fclose(file)
    }.start()
    return pipe
  }

  @Test func aPipeGivesTheTensorsOfTheFile() throws {
    let path = try write()
    let shard = try Shard(path: path)
    let file = try SafetensorsFile(path: path)
    let stream = try ShardStream(
      try ByteStream(path: try pipe(path)), digest: try Digest(ofFile: path))
    #expect(stream.description == shard.description && stream.counts == shard.counts)
    #expect(stream.tensors == file.tensors)
    var contents: [String: [UInt8]] = [:]
    var order: [String] = []
    while let piece = try stream.next() {
      if order.last != piece.tensor.name { order.append(piece.tensor.name) }
      #expect(piece.offset == contents[piece.tensor.name, default: []].count)
      contents[piece.tensor.name, default: []] += piece.bytes
    }
    #expect(order == file.names)
    for name in file.names {
      #expect(try contents[name, default: []] == file.tensor(named: name).rawBytes())
    }
    #expect(try stream.next() == nil)
  }

  @Test func piecesAreBounded() throws {
    let path = try write(featureTokens: 100_000)
    let stream = try ShardStream(try ByteStream(path: path))
    var pieces = 0
    while let piece = try stream.next() {
      pieces += 1
      #expect(piece.bytes.count <= SafetensorsStream.pieceSize)
    }
    #expect(pieces > 10)
  }

  @Test func anotherFormatAndAnotherDigestAreRefused() throws {
    let path = try write()
    let stream = try ShardStream(try ByteStream(path: path), digest: Samples.digest(1))
    #expect {
      while try stream.next() != nil {}
    } throws: {
      ($0 as? ShardingError)?.code == .damaged && "\($0)".contains(Samples.digest(1).description)
    }
    var writer = TokenizedPartWriter(corpus: .text, tokenizer: Samples.digest(1))
    writer.add(TokenizedDocument(id: Samples.id(1), units: [.line([5])]))
    try writer.write(to: directory.file("part"))
    #expect { _ = try ShardStream(try ByteStream(path: directory.file("part"))) } throws: {
      "\($0)".contains("weft-shard")
    }
  }
}

internal import Glibc
internal import Safetensors
internal import Sharding
internal import Storage
internal import TestSupport

/// A safetensors file that opens can be read whole, mapped and as a stream; so can a shard, a tokenized part
/// and a part of features.
enum SafetensorsTarget {
  private static let directory = TemporaryDirectory()

  static func run(_ bytes: [UInt8]) {
    let path = directory.file("file-\(pthread_self())")
    write(bytes, to: path)
    let mapped = try? SafetensorsFile(path: path)
    let streamed = try? stream(path)
    if let mapped { check(mapped, bytes.count) }
    precondition(
      mapped.map(contents) == streamed, "a stream holds what the file does, and opens where it does"
    )
    if let shard = try? Shard(path: path) { check(shard) }
    if let part = try? TokenizedPart(path: path) {
      for index in 0..<part.count { _ = try? part.document(at: index) }
    }
    if let part = try? FeaturePart(path: path) {
      for image in part.images { precondition(part.features(of: image) != nil, "it is found") }
    }
  }

  private static func check(_ file: SafetensorsFile, _ count: Int) {
    var length = 0
    for tensor in file.tensors {
      guard let view = file[tensor.name] else { fatalError("a tensor is found by its name") }
      precondition(view.rawBytes().count == tensor.byteCount, "a tensor has all its bytes")
      length += tensor.byteCount
      _ = try? view.floats()
    }
    precondition(length < count, "tensors do not overlap")
  }

  private static func check(_ shard: Shard) {
    for index in 0..<shard.count {
      guard let sequence = try? shard.sequence(at: index) else { continue }
      precondition(
        sequence.tokens.count <= shard.description.maximumLength, "a sequence is bounded")
      let batch = try? PaddedBatch([(sequence, shard)])
      precondition(batch?.tokenCount == sequence.tokens.count - 1, "a sequence is laid out whole")
    }
    try? shard.verify()
  }

  private static func contents(_ file: SafetensorsFile) -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for name in file.names { contents[name] = file[name]?.rawBytes() }
    return contents
  }

  private static func stream(_ path: String) throws -> [String: [UInt8]] {
    let source = try ByteStream(path: path)
    var stream = try SafetensorsStream(path: path) { try source.read($0) }
    var contents: [String: [UInt8]] = [:]
    for tensor in stream.tensors { contents[tensor.name] = [] }
    while let piece = try stream.next() { contents[piece.tensor.name]? += piece.bytes }
    return contents
  }

  private static func write(_ bytes: [UInt8], to path: String) {
    guard let file = fopen(path, "w") else { fatalError("cannot write '\(path)'") }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
}

import Documents
import Safetensors
import Sharding
import Storage
import TestSupport
import Testing

/// Shards and feature parts of each storage.
struct ShardFeaturesTests {
  private let directory = TemporaryDirectory()

  private static func numbers(_ digest: Digest, _ layout: FeatureLayout) -> [Float] {
    var generator = SeededGenerator(seed: UInt64(digest.bytes[0]))
    return (0..<layout.count).map { _ in Float.random(in: -9...9, using: &generator) }
  }

  private static func bytes(_ digest: Digest, _ layout: FeatureLayout) throws -> [UInt8] {
    try #require(layout.stored(numbers(digest, layout)))
  }

  private func shard(_ storage: FeatureStorage) throws -> Shard {
    var description = Samples.description()
    description.featureStorage = storage
    description.featureWidth = 70
    var packer = Packer(
      corpus: .interleaved, vocabulary: Samples.vocabulary, maximumLength: 24, latents: 3)
    var generator = SeededGenerator(seed: 11)
    var writer = ShardWriter(description)
    for number in 0..<12 {
      let document = Samples.document(number, maximumLine: 9, images: true, using: &generator)
      for sequence in packer.add(document) { writer.add(sequence) }
    }
    let path = directory.file("\(storage.rawValue)")
    try writer.write(to: path) { try Self.bytes($0, description.featureLayout) }
    let shard = try Shard(path: path)
    #expect(shard.byteCount - writer.byteCount < 4096)
    return shard
  }

  @Test(arguments: FeatureStorage.allCases)
  func aShardHoldsEachStorage(storage: FeatureStorage) throws {
    let shard = try shard(storage)
    let layout = shard.description.featureLayout
    #expect(layout == FeatureLayout(storage, tokens: 5, width: 70))
    #expect(shard.counts.images > 2)
    for row in 0..<shard.counts.images {
      let expected = try Self.bytes(shard.imageDigest(row: row), layout)
      #expect(shard.featureBytes(row: row) == expected)
    }
    try shard.verify()
  }

  /// What other readers find: the tensors by name, type and shape, each aligned for its type.
  @Test(arguments: [
    (FeatureStorage.float16, ElementType.float16), (.int8, .int8), (.float32, .float32),
  ])
  func tensorsAreAsDocumented(storage: FeatureStorage, type: ElementType) throws {
    let shard = try shard(storage)
    let file = try SafetensorsFile(path: shard.path)
    let features = try file.tensor(
      named: "features", type, shape: [shard.counts.images, 5, 70])
    #expect(file.metadata["featureStorage"] == storage.rawValue)
    #expect((file["featureScales"] != nil) == (storage == .int8))
    for name in file.names {
      let view = try file.tensor(named: name)
      #expect(view.byteRange.lowerBound % view.elementType.byteCount == 0, "\(name)")
    }
    guard storage == .int8 else { return }
    let scales = try file.tensor(
      named: "featureScales", .float16, shape: [shard.counts.images, 5, 2]
    ).values(as: Float16.self)
    let values = try features.values(as: Int8.self)
    let first = Self.numbers(shard.imageDigest(row: 0), shard.description.featureLayout)
    for index in first.indices {
      let (token, channel) = (index / 70, index % 70)
      let found = Float(values[index]) * Float(scales[token * 2 + channel / 64])
      #expect(abs(found - first[index]) < 9.1 / 254)
    }
  }

  @Test func shardsOfTheFirstVersionAreRead() throws {
    let shard = try shard(.float16)
    var bytes = try FileSystem.read(shard.path)
    try replace(#""version":"2""#, by: #""version":"1""#, in: &bytes)
    try replace(#""featureStorage""#, by: #""featureStoragf""#, in: &bytes)
    let path = directory.file("first")
    try Samples.overwrite(path, bytes)
    let first = try Shard(path: path)
    #expect(first.description == shard.description)
    #expect(first.featureBytes(row: 1) == shard.featureBytes(row: 1))
    try first.verify()
  }

  @Test(arguments: [
    (#""featureStorage":"int8""#, #""featureStorage":"int4""#),
    (#""featureStorage":"int8""#, #""featureStoragf":"int8""#),
    (#""featureScales""#, #""featureScalex""#),
    (#""dtype":"I8""#, #""dtype":"U8""#),
  ])
  func aWrongHeaderIsRefused(from: String, to: String) throws {
    var bytes = try FileSystem.read(try shard(.int8).path)
    try replace(from, by: to, in: &bytes)
    let path = directory.file("wrong")
    try Samples.overwrite(path, bytes)
    #expect { try Shard(path: path) } throws: { ($0 as? ShardingError)?.code == .damaged }
  }

  @Test func damagedScalesAreFound() throws {
    let shard = try shard(.int8)
    let scales = try SafetensorsFile(path: shard.path).tensor(named: "featureScales")
    // Views count from the start of the file.
    var bytes = try FileSystem.read(shard.path)
    bytes[scales.byteRange.lowerBound + 1] = 0x7E
    let path = directory.file("damaged")
    try Samples.overwrite(path, bytes)
    #expect { try Shard(path: path).verify() } throws: { "\($0)".contains("no int8 that weft") }
  }

  @Test(arguments: FeatureStorage.allCases)
  func aPartHoldsEachStorage(storage: FeatureStorage) throws {
    let origin = FeatureOrigin(
      encoder: Samples.digest(1), preprocessing: "p",
      layout: FeatureLayout(storage, tokens: 3, width: 65), arithmetic: Samples.digest(2))
    let path = directory.file("part")
    let writer = try FeaturePartWriter(
      path: path, images: [3, 1, 2].map(Samples.digest), origin: origin)
    for image in writer.images { try writer.add(try Self.bytes(image, origin.layout)) }
    try writer.commit()
    let part = try FeaturePart(path: path)
    #expect(part.origin == origin)
    for image in writer.images {
      #expect(part.features(of: image) == (try Self.bytes(image, origin.layout)))
    }
  }

  /// Replaces all of a text by one of the same length.
  private func replace(_ old: String, by new: String, in bytes: inout [UInt8]) throws {
    let (old, new) = (Array(old.utf8), Array(new.utf8))
    try #require(old.count == new.count)
    let starts = (0...bytes.count - old.count).filter {
      bytes[$0] == old[0] && bytes[$0..<$0 + old.count].elementsEqual(old)
    }
    try #require(!starts.isEmpty)
    for start in starts { bytes.replaceSubrange(start..<start + old.count, with: new) }
  }
}

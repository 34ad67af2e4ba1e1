import Documents
import Sharding
import Storage
import TestSupport
import Testing

struct FeatureCacheTests {
  private let directory = TemporaryDirectory()
  private let origin = FeatureOrigin(
    encoder: Samples.digest(1001), preprocessing: "p1",
    layout: FeatureLayout(.float16, tokens: 5, width: 4), arithmetic: Samples.digest(5))

  /// Encodes what a cache lacks of images and puts it there; gives how many that were.
  private func fill(_ images: [Int], _ origin: FeatureOrigin? = nil) throws -> Int {
    let cache = try FeatureCache(
      of: origin ?? self.origin, parts: [], directory: directory.file("cache"))
    let missing = images.map(Samples.digest).filter { !cache.contains($0) }
    let pack = try cache.pack(missing)
    for image in pack?.images ?? [] { try pack?.add(Samples.features(image)) }
    try pack?.commit()
    return missing.count
  }

  @Test func anImageIsEncodedOnce() throws {
    #expect(try fill([1, 2, 3]) == 3)
    #expect(try fill([2, 3, 4, 5]) == 2)
    #expect(try fill([1, 2, 3, 4, 5]) == 0)
    let cache = try FeatureCache(of: origin, parts: [], directory: directory.file("cache"))
    for image in [1, 2, 3, 4, 5].map(Samples.digest) {
      #expect(cache.features(of: image) == Samples.features(image))
    }
    #expect(cache.features(of: Samples.digest(6)) == nil)
  }

  static let otherOrigins: [@Sendable (inout FeatureOrigin) -> Void] = [
    { $0.encoder = Samples.digest(9) }, { $0.preprocessing = "p2" },
    { $0.arithmetic = Samples.digest(9) }, { $0.arithmetic = nil },
  ]

  @Test(arguments: otherOrigins.indices)
  func whatWasMadeOtherwiseIsNotTaken(change: Int) throws {
    #expect(try fill([1]) == 1)
    var other = origin
    Self.otherOrigins[change](&other)
    #expect(try fill([1], other) == 1)
    #expect(try fill([1]) == 0)
  }

  @Test func anotherStorageIsNotTaken() throws {
    #expect(try fill([1]) == 1)
    var other = origin
    other.layout = FeatureLayout(.float32, tokens: 5, width: 2)
    #expect(try fill([1], other) == 1)
  }

  @Test func partsOfTheRunAreTaken() throws {
    let path = directory.file("part")
    let writer = try FeaturePartWriter(path: path, images: [Samples.digest(1)], origin: origin)
    try writer.add(Samples.features(Samples.digest(1)))
    try writer.commit()
    let part = try FeaturePart(path: path)
    let cache = try FeatureCache(of: origin, parts: [part], directory: nil)
    // What was opened can be read also when another part has taken its name.
    try FileSystem.remove(path)
    #expect(cache.features(of: Samples.digest(1)) == Samples.features(Samples.digest(1)))
    #expect(try cache.pack([Samples.digest(2)]) == nil)
    var other = origin
    other.arithmetic = nil
    #expect(
      try FeatureCache(of: other, parts: [part], directory: nil).contains(part.images[0]) == false)
  }

  /// A kill leaves a temporary file, a broken disk a short or changed one: neither is taken for features.
  @Test func whatIsNotWholeIsEncodedAgain() throws {
    #expect(try fill([1, 2]) == 2)
    let folder = directory.file("cache")
    let origin = try #require(try Directory.names(in: folder).first)
    let name = try #require(try Directory.names(in: "\(folder)/\(origin)").first)
    let path = "\(folder)/\(origin)/\(name)"
    let whole = try FileSystem.read(path)
    for count in stride(from: 0, to: whole.count, by: 11) {
      try Samples.overwrite(path, Array(whole[..<count]))
      let cache = try FeatureCache(of: self.origin, parts: [], directory: folder)
      #expect(!cache.contains(Samples.digest(1)), "\(count) bytes")
    }
    #expect(try fill([1, 2]) == 2)
    #expect(try fill([1, 2]) == 0)
  }

  @Test func aPackThatIsNotCommittedLeavesNothing() throws {
    let cache = try FeatureCache(of: origin, parts: [], directory: directory.file("cache"))
    try cache.pack([Samples.digest(1)])?.add(Samples.features(Samples.digest(1)))
    #expect(try fill([1]) == 1)
  }
}

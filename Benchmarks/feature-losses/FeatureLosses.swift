import Documents
import FeatureTraining
import Foundation
import ImageDecoding
import Kosmos
import Sharding
import Tensors
import Tokenization

/// Measures what keeping the frozen prefix's features in each storage does to training.
///
///     feature-losses RUN STEPS
///
/// Takes up to 320 image-caption pairs of a run, trains a small model on them with their pixels through
/// the whole encoder and then with features of each storage, and prints one JSON object a storage. The
/// encoder is of random weights: width 192, 4 blocks, patches of 32 pixels, as the demo's.
@main
struct FeatureLosses {
  private static let batchSize = 8
  private static let limit = 320
  private static let maximumLength = 160

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count == 2, let run = arguments.first, let steps = Int(arguments.last ?? "")
    else {
      FileHandle.standardError.write(Data("usage: feature-losses RUN STEPS\n".utf8))
      exit(64)
    }
    setThreads(1)
    keepFreedMemory()
    let tokenizer = try Tokenizer(modelPath: run + "/" + RunDirectory.tokenizer)
    let configuration = model(vocabularySize: tokenizer.vocabulary.size)
    let examples = try Pairs(run: run, tokenizer: tokenizer, vision: configuration.vision)
      .examples(limit, maximumLength: maximumLength)
    guard examples.count >= batchSize else {
      FileHandle.standardError.write(Data("'\(run)' has no \(batchSize) pairs\n".utf8))
      exit(1)
    }
    let training = FeatureTraining(configuration, examples, batchSize: batchSize)
    let (pixels, pixelSeconds) = try timed { try training.run(steps: steps) }
    let features = try training.features()
    let vision = configuration.vision
    for storage in FeatureStorage.allCases {
      let layout = FeatureLayout(storage, tokens: vision.tokenCount, width: vision.width)
      let (loss, seconds) = try timed {
        try training.loss(layout, features: features, pixels: pixels)
      }
      let row = Row(
        storage: storage, images: examples.count, steps: steps,
        firstLoss: pixels.losses.first ?? 0, lastLoss: pixels.losses.last ?? 0,
        largest: loss.largest, final: loss.final, isIdentical: loss.isIdentical,
        leastCosine: loss.leastCosine, seconds: seconds, pixelSeconds: pixelSeconds,
        bytesB32: bytes(storage, .vitB32), bytesL14: bytes(storage, .vitL14))
      print(String(decoding: try JSONEncoder().encode(row), as: UTF8.self))
    }
  }

  private struct Row: Encodable {
    var storage: FeatureStorage
    var images: Int
    var steps: Int
    var firstLoss: Double
    var lastLoss: Double
    var largest: Double
    var final: Double
    var isIdentical: Bool
    var leastCosine: Double
    var seconds: Double
    var pixelSeconds: Double
    var bytesB32: Int
    var bytesL14: Int
  }

  private static func model(vocabularySize: Int) -> KosmosConfiguration {
    KosmosConfiguration(
      vision: VisionConfiguration(
        imageSize: 224, patchSize: 32, width: 192, layers: 4, heads: 3, feedForwardWidth: 768),
      decoder: DecoderConfiguration(
        vocabularySize: vocabularySize, width: 128, layers: 2, heads: 4,
        maximumLength: maximumLength, positions: .xPos(forLength: maximumLength)))
  }

  private static func bytes(_ storage: FeatureStorage, _ vision: VisionConfiguration) -> Int {
    FeatureLayout(storage, tokens: vision.tokenCount, width: vision.width).byteCount
  }

  private static func timed<Result>(_ body: () throws -> Result) rethrows -> (Result, Double) {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try body()
    return (result, (clock.now - start) / .seconds(1))
  }
}

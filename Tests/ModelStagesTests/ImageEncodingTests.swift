import ImageDecoding
import Kosmos
import ModelStages
import Synchronization
import Tensors
import TestSupport
import Testing

/// Batches that are prepared while the model works.
struct ImageEncodingTests {
  private let folder = TemporaryDirectory()

  private func encoding(batch: Int) throws -> ImageEncoding {
    setThreads(1)
    let path = folder.file("w.safetensors")
    try CLIPVisionEncoder.writeRandom(.tiny, seed: 3, to: path)
    return try ImageEncoding(path: path, batchSize: batch)
  }

  private static func image(_ number: Int) -> DecodedImage {
    DecodedImage(
      width: 30, height: 30,
      pixels: (0..<2700).map { UInt8(truncatingIfNeeded: $0 &* (number + 3) / 5) })
  }

  @Test(arguments: [0, 1, 4, 5, 11])
  func imagesComeInOrder(count: Int) throws {
    var numbers: [Int] = []
    var features: [[Float]] = []
    try encoding(batch: 4).encode(count: count, image: Self.image) {
      numbers.append($0)
      features.append($1)
    }
    #expect(numbers == Array(0..<count))
    var alone: [[Float]] = []
    try encoding(batch: 1).encode(count: count, image: Self.image) { alone.append($1) }
    for (one, other) in zip(features, alone) {
      #expect(zip(one, other).allSatisfy { abs($0 - $1) < 1e-4 })
    }
    #expect(Set(features).count == count)
  }

  @Test func nothingButTheNextBatchIsPrepared() throws {
    let asked = Mutex(0)
    try encoding(batch: 3).encode(
      count: 20,
      image: { number in
        asked.withLock { $0 = max($0, number) }
        return Self.image(number)
      }
    ) { number, _ in
      #expect(asked.withLock { $0 } < number / 3 * 3 + 6)
    }
    #expect(asked.withLock { $0 } == 19)
  }

  private struct Broken: Error {}

  @Test(arguments: [0, 2, 7])
  func anImageThatCannotBeReadEndsIt(broken: Int) throws {
    var seen = 0
    #expect(throws: Broken.self) {
      try encoding(batch: 2).encode(
        count: 8,
        image: { number in
          if number == broken { throw Broken() }
          return Self.image(number)
        }
      ) { _, _ in seen += 1 }
    }
    #expect(seen == broken / 2 * 2)
  }
}

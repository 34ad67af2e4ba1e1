import Sharding
import TestSupport
import Testing

struct FeatureLayoutTests {
  /// Table in section 5.3 of the specification: ViT-L/14 and ViT-B/32, with F16 scales.
  @Test(arguments: [
    (FeatureStorage.float32, 1_052_672, 153_600), (.float16, 526_336, 76_800),
    (.int8, 271_392, 39_600),
  ])
  func bytesOfAnImage(storage: FeatureStorage, large: Int, base: Int) {
    #expect(FeatureLayout(storage, tokens: 257, width: 1024).byteCount == large)
    #expect(FeatureLayout(storage, tokens: 50, width: 768).byteCount == base)
  }

  @Test(arguments: FeatureStorage.allCases, [1, 4, 64, 100])
  func whatIsStoredComesBack(storage: FeatureStorage, width: Int) throws {
    let layout = FeatureLayout(storage, tokens: 7, width: width)
    var generator = SeededGenerator(seed: 1)
    let features = (0..<layout.count).map { _ in Float.random(in: -3...3, using: &generator) }
    let bytes = try #require(layout.stored(features))
    #expect(bytes.count == layout.byteCount)
    #expect(layout.isSound(bytes))
    let back = layout.features(bytes)
    let error = zip(back, features).map { abs($0 - $1) }.max() ?? 0
    let bound: Float =
      switch storage {
      case .float32: 0
      case .float16: 3 / 2048
      case .int8: 3.01 / 254
      }
    #expect(error <= bound)
    #expect(layout.stored(back) == bytes)
  }

  @Test(arguments: FeatureStorage.allCases)
  func whatIsNotFiniteIsRefused(storage: FeatureStorage) {
    let layout = FeatureLayout(storage, tokens: 1, width: 2)
    for number in [Float.nan, .infinity, -.infinity] { #expect(layout.stored([1, number]) == nil) }
    // The largest F16 is 65,504, and what is at least 65,520 would become infinite.
    #expect((layout.stored([1, 65_519]) == nil) == false)
    #expect((layout.stored([1, 65_520]) == nil) == (storage == .float16))
  }

  @Test func damageIsFound() throws {
    for storage in FeatureStorage.allCases {
      let layout = FeatureLayout(storage, tokens: 2, width: 3)
      var bytes = try #require(layout.stored([1, 2, 3, 4, 5, 6]))
      let last = bytes.count - 1
      // The exponent of the last number, or of the last scale, is all ones.
      bytes[last] = 0x7F
      bytes[last - 1] |= 0xF0
      #expect(!layout.isSound(bytes), "\(storage)")
    }
    // -128 is no value of a symmetric quantisation.
    let layout = FeatureLayout(.int8, tokens: 1, width: 2)
    var bytes = try #require(layout.stored([1, -1]))
    bytes[1] = 0x80
    #expect(!layout.isSound(bytes))
  }
}

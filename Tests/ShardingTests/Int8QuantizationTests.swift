import Sharding
import TestSupport
import Testing

struct Int8QuantizationTests {
  /// Tokens of some width whose magnitudes go from the smallest to the largest that can be stored.
  private static func features(
    tokens: Int, width: Int, using generator: inout SeededGenerator
  ) -> [Float] {
    (0..<tokens).flatMap { _ -> [Float] in
      let magnitude = Float(
        sign: .plus, exponent: Int.random(in: -30...22, using: &generator), significand: 1)
      return (0..<width).map { _ in Float.random(in: -1...1, using: &generator) * magnitude }
    }
  }

  @Test func anErrorIsAtMostHalfAScale() throws {
    var generator = SeededGenerator(seed: 8)
    for width in [1, 63, 64, 65, 128, 200] {
      let features = Self.features(tokens: 40, width: width, using: &generator)
      let quantized = try #require(Int8Quantization(features, width: width))
      let groups = Int8Quantization.groups(ofWidth: width)
      for (index, (found, wanted)) in zip(quantized.features, features).enumerated() {
        let scale = quantized.scales[index / width * groups + index % width / 64]
        // The quotient is rounded to single precision before it is rounded to a whole number.
        #expect(abs(found - wanted) <= Float(scale) * 0.50001, "\(wanted) of width \(width)")
      }
    }
  }

  @Test func whatWasQuantisedStaysAsItIs() throws {
    var generator = SeededGenerator(seed: 9)
    for width in [5, 64, 130] {
      let features = Self.features(tokens: 60, width: width, using: &generator)
      let once = try #require(Int8Quantization(features, width: width))
      #expect(Int8Quantization(once.features, width: width) == once)
    }
  }

  /// By hand: 254 / 127 = 2 is F16, so that the values are halves, and a tie goes to the even number.
  @Test func goldensByHand() throws {
    let cases: [(features: [Float], values: [Int8], scale: Float16)] = [
      ([254, -254, 3, 1, 5, -1, 0], [127, -127, 2, 0, 2, 0, 0], 2),
      // 1 / 127 = 0.007874015748…; the next F16 above it is 1033 / 2^17.
      ([1, 0.5, -0.25], [127, 63, -32], Float16(Float(1033) / 131_072)),
      // Zeros have the smallest scale.
      ([0, -0.0, 0], [0, 0, 0], 1 / 16384),
      // Below 127 / 16384 the scale stays: 1 / 32768 is half of it, a tie that goes to 0.
      ([1 / 16384, 1 / 32768, 3 / 32768], [1, 0, 2], 1 / 16384),
    ]
    for (features, values, scale) in cases {
      let quantized = try #require(Int8Quantization(features, width: features.count))
      #expect(quantized.values == values, "\(features)")
      #expect(quantized.scales == [scale], "\(features)")
    }
  }

  @Test func aScaleIsForSixtyFourChannelsOfOneToken() throws {
    var features = [Float](repeating: 1, count: 2 * 130)
    features[130 + 64] = 12700
    let quantized = try #require(Int8Quantization(features, width: 130))
    #expect(quantized.scales.count == 6)
    #expect(quantized.scales.filter { $0 == 100 }.count == 1)
    #expect(quantized.scales[4] == 100)
    #expect(quantized.features[130 + 64] == 12700)
    // The channels of that group alone became coarse.
    #expect(quantized.features.filter { $0 == 0 }.count == 63)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity, 8.4e6, .greatestFiniteMagnitude])
  func whatCannotBeStoredIsRefused(number: Float) {
    #expect(Int8Quantization([1, number, 2], width: 3) == nil)
  }

  @Test func theLargestThatCanBeStored() throws {
    let largest = Float(Float16.greatestFiniteMagnitude) * 127
    let quantized = try #require(Int8Quantization([largest, -largest], width: 2))
    #expect(quantized.features == [largest, -largest])
  }
}

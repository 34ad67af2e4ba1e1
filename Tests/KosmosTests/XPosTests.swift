import Foundation
import Kosmos
import Tensors
import TestSupport
import Testing

/// xPos turns and scales queries and keys as torchscale does (P1), and its product knows only distances
/// (P2).
struct XPosTests {
  private struct Case: Decodable {
    var headDimension, scaleBase, length, offset: Int
  }

  @Test func factorsAreThoseOfTorchscale() throws {
    let golden = try Golden("xpos")
    let cases = try JSONDecoder().decode([Case].self, from: Data(golden.text("cases").utf8))
    #expect(!cases.isEmpty)
    for (index, entry) in cases.enumerated() {
      let total = entry.length + entry.offset
      // torchscale's centre moves with the length.
      let factors = RotaryFactors(
        positions: total, headWidth: entry.headDimension, scaleBase: Double(entry.scaleBase),
        centre: (total + 1) / 2)
      let x = try golden["\(index).x"]
      let (query, key) = factors.slice(entry.offset..<total)
      for (name, factor) in [("query", query), ("key", key)] {
        let expected = try golden["\(index).\(name)"]
        let found = x.insertingDimension(2).multiplyingPairs(factor).removingDimension(2)
        let relative = largestDifference(found, expected) / expected.absolute().largest().item
        #expect(
          ParityReport.note("P1", "\(name), case \(index)", relative, tolerance: 1e-6) < 1e-6,
          "case \(index), \(name)")
      }
    }
  }

  @Test(arguments: [0, 512, 1_024], [(ScalarType.float32, 1e-4), (.float64, 1e-10)])
  func scoresKnowOnlyDistances(centre: Int, computed: (type: ScalarType, tolerance: Double)) {
    let generator = Generator(seed: 1)
    let query = generator.normal([1, 1, 64]).converted(to: computed.type)
    let key = generator.normal([1, 1, 64]).converted(to: computed.type)
    let factors = RotaryFactors(
      positions: 2_048, headWidth: 64, scaleBase: 512, centre: centre, type: computed.type)
    func score(_ query_: Int, _ key_: Int) -> Double {
      let turnedQuery = query.multiplyingPairs(factors.slice(query_..<query_ + 1).query)
      let turnedKey = key.multiplyingPairs(factors.slice(key_..<key_ + 1).key)
      return (turnedQuery * turnedKey).sum().item
    }
    let expected = score(100, 60)
    // Errors are of the size of what the score is a sum of.
    let size = (query.absolute() * key.absolute()).sum().item
    for shift in [0, 1, 7, 500, 1_900] {
      let error = abs(score(100 + shift, 60 + shift) - expected) / size
      let noted = ParityReport.note(
        "P2", "score, \(computed.type.rawValue)", error, tolerance: computed.tolerance)
      #expect(noted < computed.tolerance, "centre \(centre), shift \(shift)")
    }
    #expect(abs(score(140, 60) - expected) > 1e-3)
  }

  @Test func decayIsThatOfTheFormula() {
    let factors = RotaryFactors(positions: 513, headWidth: 4, scaleBase: 512, centre: 0)
    let last = factors.query.element(512).values(of: Float.self)
    let (first, second) = (hypot(last[0], last[1]), hypot(last[2], last[3]))
    // ζᵢ = (2i + 0.4h) / 1.4h, to the power (512 - 0) / 512.
    #expect(abs(first - 1.6 / 5.6) < 1e-5)
    #expect(abs(second - 3.6 / 5.6) < 1e-5)
  }
}

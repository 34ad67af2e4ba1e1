import Glibc
import Testing
import Training

struct UnigramModelTests {
  @Test func withoutCountsItIsUniform() {
    #expect(abs(UnigramModel(vocabulary: 100).loss(of: 7) - log(100)) < 1e-12)
  }

  @Test func itsProbabilitiesSumToOne() {
    var model = UnigramModel(vocabulary: 5)
    for token in [1, 1, 1, 4] { model.count(token) }
    let probabilities = (0..<5).map { exp(-model.loss(of: $0)) }
    #expect(abs(probabilities.reduce(0, +) - 1) < 1e-12)
    // (3 + 2/5) / (4 + 2), and 2/5 of a count for a token never seen.
    #expect(abs(probabilities[1] - 3.4 / 6) < 1e-12)
    #expect(abs(probabilities[0] - 0.4 / 6) < 1e-12)
  }
}

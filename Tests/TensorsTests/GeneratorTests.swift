import Tensors
import Testing

/// Random numbers are functions of their generator's state.
struct GeneratorTests {
  @Test func theSameSeedGivesTheSameNumbers() {
    func draw(_ seed: UInt64) -> [UInt8] {
      let generator = Generator(seed: seed)
      return generator.normal([1000]).bytes() + generator.uniform([10], in: 0..<1).bytes()
    }
    let isSame = draw(1) == draw(1)
    #expect(isSame)
    for other in [0, 2, 1 << 32, 1 << 40 | 1, .max] as [UInt64] {
      let isOther = draw(1) != draw(other)
      #expect(isOther, "\(other)")
    }
  }

  @Test func aRestoredStateGoesOn() {
    let generator = Generator(seed: 3)
    _ = generator.normal([7])
    let state = generator.state
    let expected = generator.normal([7]).bytes() + generator.uniform([5], in: -1..<1).bytes()
    let other = Generator(seed: 99)
    other.state = state
    #expect(other.normal([7]).bytes() + other.uniform([5], in: -1..<1).bytes() == expected)
  }

  @Test func samplesHaveTheirDistribution() {
    let generator = Generator(seed: 4)
    let normal = generator.normal([200_000], mean: 2, standardDeviation: 3)
    #expect(abs(normal.mean().item - 2) < 0.03)
    #expect(abs((normal - 2).squared().mean().squareRoot().item - 3) < 0.03)
    let uniform = generator.uniform([200_000], in: -1..<3)
    #expect(uniform.smallest().item >= -1)
    #expect(uniform.largest().item <= 3)
    #expect(abs(uniform.mean().item - 1) < 0.02)
  }

  @Test func drawsFollowTheirWeights() {
    let weights = Tensor([0, 3, 1, 0] as [Float]).reshaped([1, 4])
    let drawn = Generator(seed: 5).draw(10_000, weights: weights, replacing: true)
    #expect(drawn.shape == [1, 10_000])
    let counts = (0..<4).map { drawn.equal(to: Double($0)).converted(to: .float32).sum().item }
    #expect(counts[0] == 0 && counts[3] == 0)
    #expect(abs(counts[1] - 7_500) < 200)
    let both = Generator(seed: 6).draw(2, weights: weights)
    #expect(Set(both.values(of: Int64.self)) == [1, 2])
  }
}

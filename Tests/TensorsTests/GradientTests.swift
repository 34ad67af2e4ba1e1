import Tensors
import Testing

/// Gradients are the derivatives.
struct GradientTests {
  /// The derivative of a sum by each element of x, by differences.
  private func numeric(_ x: Tensor, _ function: (Tensor) -> Tensor) -> [Double] {
    let values = x.detached().values(of: Double.self)
    return values.indices.map { index in
      func value(_ shift: Double) -> Double {
        var moved = values
        moved[index] += shift
        return function(Tensor(moved, shape: x.shape)).sum().item
      }
      return (value(1e-6) - value(-1e-6)) / 2e-6
    }
  }

  @Test(arguments: 0..<6)
  func derivativesAreThoseOfDifferences(choice: Int) throws {
    let generator = Generator(seed: UInt64(choice))
    func random(_ shape: Shape) -> Tensor { generator.normal(shape).converted(to: .float64) }
    let (weight, other) = (random([4, 4]), random([2, 4]))
    let rows = Tensor([1] as [Int64])
    let functions: [(Tensor) -> Tensor] = [
      { ($0 * other).gelu().linear(weight) },
      { $0.layerNorm(weight: weight.element(0), bias: nil) * other },
      { $0.softmax() * other },
      { $0.multiplyingPairs(other) * other },
      { $0.replacing(rows, with: other.slice(0..<1, of: 0)).squared() },
      { $0.normalized() * other },
    ]
    let x = random([2, 4])
    x.requiresGradient = true
    functions[choice](x).sum().backward()
    let gradient = try #require(x.gradient).values(of: Double.self)
    for (found, expected) in zip(gradient, numeric(x, functions[choice])) {
      #expect(abs(found - expected) < 1e-6 * max(1, abs(expected)))
    }
  }

  @Test func gradientsAddUpUntilTheyAreForgotten() {
    let x = Tensor([2] as [Float])
    x.requiresGradient = true
    #expect(x.gradient == nil)
    x.squared().backward()
    x.squared().backward()
    #expect(x.gradient?.item == 8)
    x.gradient = nil
    #expect(x.gradient == nil)
    x.squared().backward(gradient: Tensor([10] as [Float]))
    #expect(x.gradient?.item == 40)
  }

  @Test func nothingIsRecordedWithoutGradients() {
    let x = Tensor([2] as [Float])
    x.requiresGradient = true
    let result = withoutGradients {
      withoutGradients { x.squared() } + x.squared()
    }
    #expect(!result.requiresGradient)
    #expect(x.squared().requiresGradient)
    #expect(!x.detached().requiresGradient)
  }

  @Test func recordingGoesOnAfterAnError() {
    struct Stop: Error {}
    #expect(throws: Stop.self) { try withoutGradients { throw Stop() } }
    let x = Tensor([2] as [Float])
    x.requiresGradient = true
    #expect(x.squared().requiresGradient)
  }

  @Test func autocastNarrowsProductsAlone() throws {
    let x = Generator(seed: 1).normal([8, 8])
    let narrow = withAutocast(to: .bfloat16, on: .cpu) { x.matmul(x) }
    #expect(narrow.type == .bfloat16)
    #expect(x.matmul(x).type == .float32)
    #expect((narrow.converted(to: .float32) - x.matmul(x)).absolute().largest().item < 0.2)
  }
}

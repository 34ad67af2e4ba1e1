import Tensors
import Testing

/// Operations over lists, and AdamW against its formula.
struct TensorListTests {
  private func pair(_ first: [Double], _ second: [Double]) -> [Tensor] {
    [Tensor(first), Tensor(second)]
  }
  private func values(_ tensors: [Tensor]) -> [[Double]] {
    tensors.map { $0.values(of: Double.self) }
  }

  @Test func everyTensorOfAListIsChanged() {
    let list = pair([1, 2], [3])
    list.multiply(by: 2)
    #expect(values(list) == [[2, 4], [6]])
    list.add(pair([1, 1], [1]), scaledBy: -2)
    #expect(values(list) == [[0, 2], [4]])
    list.addProduct(pair([2, 3], [4]), pair([5, 6], [7]), scaledBy: 1)
    #expect(values(list) == [[10, 20], [32]])
    list.addQuotient(pair([2, 3], [4]), pair([1, 2], [4]), scaledBy: 10)
    #expect(values(list) == [[30, 35], [42]])
    list.assign(pair([3, 0], [4]))
    #expect(list.euclideanNorm().item == 5)
    list.zero()
    #expect(values(list) == [[0, 0], [0]])
  }

  @Test func noTensorIsAList() {
    let none: [Tensor] = []
    none.multiply(by: 2)
    none.zero()
    #expect(none.euclideanNorm().item == 0)
  }

  @Test func parametersAreChangedWithoutBeingRecorded() {
    let parameter = Tensor([1.0, 2])
    parameter.requiresGradient = true
    [parameter].multiply(by: 3)
    #expect(parameter.requiresGradient)
    #expect(parameter.values(of: Double.self) == [3, 6])
  }

  @Test func adamWIsItsFormula() {
    var (p, m, v) = ([0.5, -1.0, 2.0], [0.0, 0, 0], [0.0, 0, 0])
    let (parameter, mean, variance) = (Tensor(p), Tensor(m), Tensor(v))
    let (rate, beta1, beta2, decay, epsilon) = (0.01, 0.9, 0.98, 0.1, 1e-6)
    var (power1, power2) = (1.0, 1.0)
    for number in 1...50 {
      let gradient = p.indices.map { Double((number * 7 + $0 * 3) % 11) / 5 - 1 }
      [parameter].adamW(
        AdamWStep(
          number: number, learningRate: rate, beta1: beta1, beta2: beta2, weightDecay: decay,
          epsilon: epsilon),
        gradients: [Tensor(gradient)], means: [mean], variances: [variance])
      power1 *= beta1
      power2 *= beta2
      for index in p.indices {
        p[index] -= rate * decay * p[index]
        m[index] = beta1 * m[index] + (1 - beta1) * gradient[index]
        v[index] = beta2 * v[index] + (1 - beta2) * gradient[index] * gradient[index]
        let deviation = (v[index] / (1 - power2)).squareRoot() + epsilon
        p[index] -= rate / (1 - power1) * m[index] / deviation
      }
    }
    for (found, expected) in zip(parameter.values(of: Double.self), p) {
      #expect(abs(found - expected) < 1e-12)
    }
    for (found, expected) in zip(variance.values(of: Double.self), v) {
      #expect(abs(found - expected) < 1e-12)
    }
  }
}

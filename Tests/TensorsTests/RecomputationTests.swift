import Tensors
import Testing

/// A recomputed function is called again for its gradient, and only then.
struct RecomputationTests {
  private final class Calls {
    var inputs: [[Float]] = []
  }

  private func leaf(_ values: [Float]) -> Tensor {
    let tensor = Tensor(values)
    tensor.requiresGradient = true
    return tensor
  }

  @Test func theFunctionIsCalledOnceForTheResultAndOnceForTheGradient() throws {
    let calls = Calls()
    let (x, weight) = (leaf([1, 2, 3]), leaf([2, 2, 5]))
    let doubled = x * 2
    let y = doubled.recomputing(drawingFrom: nil) { input in
      calls.inputs.append(input.detached().values(of: Float.self))
      return input * weight * weight
    }
    #expect(y.values(of: Float.self) == [8, 16, 150])
    #expect(calls.inputs == [[2, 4, 6]])
    y.sum().backward()
    #expect(calls.inputs == [[2, 4, 6], [2, 4, 6]])
    #expect(x.gradient?.values(of: Float.self) == [8, 8, 50])
    #expect(weight.gradient?.values(of: Float.self) == [8, 16, 60])
  }

  @Test func functionsStandInOneAnother() {
    let x = leaf([3])
    let y = x.recomputing(drawingFrom: nil) { outer in
      outer.squared().recomputing(drawingFrom: nil) { $0 * $0 * outer }
    }
    y.backward()
    // The derivative of x⁵.
    #expect(x.gradient?.item == 405)
  }

  @Test func withoutGradientsItIsCalledOnce() {
    let calls = Calls()
    let x = leaf([1])
    let record = { (input: Tensor) -> Tensor in
      calls.inputs.append([])
      return input + 1
    }
    #expect(!withoutGradients { x.recomputing(drawingFrom: nil, record) }.requiresGradient)
    #expect(!Tensor([1] as [Float]).recomputing(drawingFrom: nil, record).requiresGradient)
    #expect(calls.inputs.count == 2)
  }

  @Test func theFunctionIsLetGo() {
    weak var calls: Calls?
    do {
      let kept = Calls()
      calls = kept
      let x = leaf([1])
      let y = x.recomputing(drawingFrom: nil) { input in
        kept.inputs.append([])
        return input * 3
      }
      y.backward()
      #expect(kept.inputs.count == 2)
    }
    #expect(calls == nil)
  }

  @Test func whatIsDrawnIsDrawnAgain() {
    let generator = Generator(seed: 1)
    let x = leaf(Array(repeating: 1, count: 1_000))
    let y = x.recomputing(drawingFrom: generator) { $0.dropout(0.5, generator) }
    let after = generator.state
    _ = generator.normal([7])
    let later = generator.state
    y.sum().backward()
    // The gradient of each kept element is what it was scaled by.
    #expect(x.gradient?.bytes() == y.detached().bytes())
    #expect(generator.state == later && later != after)
  }

  @Test func theSecondCallHasTheAutocastOfTheFirst() {
    let x = leaf(Array(repeating: 1, count: 64))
    var types: [ScalarType] = []
    let y = withAutocast(to: .bfloat16, on: .cpu) {
      x.recomputing(drawingFrom: nil) { input in
        let square = input.reshaped([8, 8])
        let product = square.matmul(square)
        types.append(product.type)
        return product.converted(to: .float32)
      }
    }
    y.sum().backward()
    #expect(types == [.bfloat16, .bfloat16])
    #expect(x.gradient?.type == .float32)
    #expect(x.matmul(x).type == .float32)
  }
}

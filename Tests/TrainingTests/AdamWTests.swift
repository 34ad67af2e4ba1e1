import Foundation
import Safetensors
import Tensors
import TestSupport
import Testing
import Training

struct AdamWTests {
  /// The folder of goldens: `WEFT_PARITY`, or the fixtures.
  private func golden(_ name: String) throws -> SafetensorsFile {
    if let folder = ProcessInfo.processInfo.environment["WEFT_PARITY"] {
      return try SafetensorsFile(path: "\(folder)/\(name)")
    }
    let folder = try #require(Bundle.module.resourcePath)
    return try SafetensorsFile(path: "\(folder)/Fixtures/\(name)")
  }

  @Test func aHundredStepsAreThoseOfFairseq() throws {
    let file = try golden("adamw.safetensors")
    func number(_ key: String) throws -> Double {
      try #require(file.metadata[key].flatMap(Double.init))
    }
    let gradients = try file.tensor(named: "gradients")
    let width = gradients.shape[1]
    let parameter = Tensor(
      try file.tensor(named: "initial").values(as: Double.self), shape: [width])
    parameter.requiresGradient = true
    let adam = AdamW(
      [parameter],
      constants: AdamConstants(
        beta1: try number("beta1"), beta2: try number("beta2"), epsilon: try number("epsilon"),
        weightDecay: try number("weightDecay")))
    let expected = try file.tensor(named: "parameters").values(as: Double.self)
    let values = try gradients.values(as: Double.self)
    for step in 0..<gradients.shape[0] {
      let range = step * width..<(step + 1) * width
      (parameter * Tensor(Array(values[range]))).sum().backward()
      _ = adam.step(learningRate: try number("learningRate"))
      for (found, wanted) in zip(parameter.values(of: Double.self), expected[range]) {
        #expect(abs(found - wanted) <= 1e-7 * abs(wanted))
      }
    }
    #expect(adam.steps == 100)
  }

  @Test func gradientsAddUpUntilTheStep() {
    let parameters = [Tensor([1, 2] as [Float]), Tensor([3] as [Float])]
    for parameter in parameters { parameter.requiresGradient = true }
    let adam = AdamW(parameters)
    (parameters[0] * 3).sum().backward()
    (parameters[0] * 1 + parameters[1] * 2).sum().backward()
    // Gradients 4, 4 and, broadcast over two elements, 4.
    #expect(abs(adam.step(learningRate: 0) - (3 * 16.0).squareRoot()) < 1e-5)
    #expect(adam.step(learningRate: 0) == 0)
  }

  @Test func longGradientsAreScaledDown() {
    func moved(clipNorm: Double, gradient: Float) -> [Float] {
      let parameter = Tensor([0, 0] as [Float])
      parameter.requiresGradient = true
      let adam = AdamW([parameter], constants: AdamConstants(epsilon: 1, weightDecay: 0))
      (parameter * Tensor([gradient, 0])).sum().backward()
      #expect(adam.step(learningRate: 1, clipNorm: clipNorm) == Double(gradient))
      return parameter.values()
    }
    #expect(abs(moved(clipNorm: 2, gradient: 50)[0] - moved(clipNorm: 9, gradient: 2)[0]) < 1e-5)
    #expect(moved(clipNorm: 2, gradient: 1) == moved(clipNorm: 9, gradient: 1))
  }

  @Test(arguments: [Float.nan, .infinity])
  func aGradientThatIsNotFiniteChangesNothing(gradient: Float) {
    let parameter = Tensor([1, 2] as [Float])
    parameter.requiresGradient = true
    let adam = AdamW([parameter])
    (parameter * Tensor([gradient, 1])).sum().backward()
    #expect(!adam.step(learningRate: 0.1, clipNorm: 2).isFinite)
    #expect(parameter.values(of: Float.self) == [1, 2])
    #expect(adam.steps == 0)
  }
}

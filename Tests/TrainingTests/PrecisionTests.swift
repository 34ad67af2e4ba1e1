import Documents
import Foundation
import Kosmos
import Storage
import Tensors
import TestSupport
import Testing
import Training

/// Training in bfloat16 stays beside training in float32, and recomputing changes nothing.
struct PrecisionTests {
  private func losses(
    of run: TinyRun, steps: Int, _ change: (inout TrainingConfiguration) -> Void
  ) throws -> (losses: [Double], model: [UInt8]) {
    var run = run
    let place = TemporaryDirectory()
    run.inputs.checkpoints = place.file("checkpoints")
    run.inputs.metrics = place.file("metrics")
    run.model.decoder.dropout = 0.1
    var configuration = run.configuration
    configuration.steps = steps
    configuration.warmupSteps = 2
    configuration.learningRate = 2e-3
    change(&configuration)
    var losses: [Double] = []
    let outcome = try run.trainer(configuration, model: run.model).run(report: { event in
      if case .stepped(let metrics, _) = event { losses.append(metrics.loss) }
    })
    return (losses, try FileSystem.read(outcome.checkpoint.model))
  }

  @Test func aHundredStepsInBfloat16StayWithinOnePerCent() throws {
    let run = try TinyRun(documents: 16)
    let wide = try losses(of: run, steps: 100) { _ in }
    let narrow = try losses(of: run, steps: 100) { $0.precision = .bfloat16 }
    #expect(wide.model != narrow.model)
    #expect(wide.losses[99] < 0.7 * wide.losses[0])
    let greatest = zip(wide.losses, narrow.losses).map { abs($0 - $1) / $0 }.max() ?? .infinity
    #expect(
      ParityReport.note("bf16", "100 losses of a training", greatest, tolerance: 0.01) < 0.01)
    #expect(abs(wide.losses[0] - narrow.losses[0]) < 5e-3)
  }

  @Test(arguments: Precision.allCases)
  func recomputingChangesNoBit(precision: Precision) throws {
    let run = try TinyRun(documents: 8)
    let kept = try losses(of: run, steps: 3) { $0.precision = precision }
    let again = try losses(of: run, steps: 3) {
      $0.precision = precision
      $0.recompute = .blocks
    }
    #expect(kept.losses == again.losses)
    #expect(kept.model == again.model)
  }

  @Test func aStateThatNamesNeitherKeyIsOfTheFirstVersion() throws {
    let encoded = try JSONEncoder().encode(
      TrainingConfiguration(precision: .bfloat16, recompute: .blocks))
    var object = try #require(try JSONSerialization.jsonObject(with: encoded) as? [String: Any])
    #expect(object.removeValue(forKey: "precision") as? String == "bfloat16")
    #expect(object.removeValue(forKey: "recompute") as? String == "blocks")
    let read = try JSONDecoder().decode(
      TrainingConfiguration.self, from: JSONSerialization.data(withJSONObject: object))
    #expect(read == TrainingConfiguration())
  }
}

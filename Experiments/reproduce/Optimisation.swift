import Tensors
import Training

/// How the models of the experiments are trained: AdamW with KOSMOS-1's constants, warm-up, linear decay.
struct Optimisation {
  var steps: Int
  var peak: Double
  var warmup = 50
  var clipNorm = 2.0

  /// Trains parameters on a loss that is made anew for each step; gives the mean loss of the last 20.
  func run(_ parameters: [Tensor], loss: (_ step: Int) -> Tensor) -> Double {
    let optimizer = AdamW(parameters)
    let schedule = LearningRateSchedule(peak: peak, warmup: warmup, total: steps)
    var last: [Double] = []
    for step in 1...steps {
      let value = loss(step)
      value.backward()
      // Update 1 has rate 0 in fairseq; these short runs begin with the second.
      _ = optimizer.step(learningRate: schedule.rate(ofUpdate: step + 1), clipNorm: clipNorm)
      last = last.suffix(19) + [value.item]
    }
    return last.reduce(0, +) / Double(last.count)
  }
}

public import Tensors

/// AdamW as fairseq has it: decoupled decay on every parameter, biases and norms included, and epsilon
/// added to the root of the uncorrected second moment.
///
///     p -= lr * decay * p
///     m = beta1 * m + (1 - beta1) * g;  v = beta2 * v + (1 - beta2) * g * g
///     p -= lr * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon)
///
/// (Loshchilov and Hutter, arXiv 1711.05101; fairseq's `adam.py`.) Gradients live as long as the
/// optimiser: backward passes add to them, and ``step(learningRate:clipNorm:)`` uses and clears them.
public final class AdamW {
  /// The constants.
  public let constants: AdamConstants
  /// The parameters that are optimised.
  public let parameters: [Tensor]
  /// How many steps were made.
  public private(set) var steps = 0

  /// The running means of gradients, one for each parameter.
  let means: [Tensor]
  /// The running means of squared gradients, one for each parameter.
  let variances: [Tensor]
  /// The gradients that backward passes add to, one for each parameter.
  let gradients: [Tensor]

  /// Makes an optimiser that has made no step; the parameters' gradients are set to zero.
  public init(_ parameters: [Tensor], constants: AdamConstants = AdamConstants()) {
    self.parameters = parameters
    self.constants = constants
    func zeros() -> [Tensor] {
      parameters.map { Tensor.zeros($0.shape, type: $0.type, device: $0.device) }
    }
    means = zeros()
    variances = zeros()
    gradients = zeros()
    for (parameter, gradient) in zip(parameters, gradients) { parameter.gradient = gradient }
  }

  /// Makes a step with the gradients that were added up, and clears them.
  ///
  /// - Parameters:
  ///   - learningRate: The learning rate of the step.
  ///   - clipNorm: The norm that gradients are scaled down to where they are longer together.
  /// - Returns: The norm of the gradients before clipping; where it is not finite, nothing changed.
  public func step(learningRate: Double, clipNorm: Double = .infinity) -> Double {
    let norm = gradients.euclideanNorm().item
    guard norm.isFinite else { return norm }
    withoutGradients {
      // fairseq's clip_grad_norm_ keeps the quotient finite in the same way.
      if norm + 1e-6 > clipNorm { gradients.multiply(by: clipNorm / (norm + 1e-6)) }
      steps += 1
      parameters.adamW(
        AdamWStep(
          number: steps, learningRate: learningRate, beta1: constants.beta1,
          beta2: constants.beta2, weightDecay: constants.weightDecay, epsilon: fusedEpsilon),
        gradients: gradients, means: means, variances: variances)
      gradients.zero()
    }
    return norm
  }

  /// Goes on from the state of another optimiser of the same parameters.
  func restore(steps: Int, means: [Tensor], variances: [Tensor]) {
    self.steps = steps
    withoutGradients {
      self.means.assign(means)
      self.variances.assign(variances)
    }
  }

  /// The fused step adds epsilon to the root of the corrected second moment, which is larger than the
  /// uncorrected one by this factor; enlarged likewise, epsilon has fairseq's effect.
  private var fusedEpsilon: Double {
    constants.epsilon / (1 - power(constants.beta2, steps)).squareRoot()
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    var square = base
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}

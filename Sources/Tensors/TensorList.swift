internal import CTorch

// One call for all tensors of a list: the steps of an optimiser. None of them is recorded for gradients.
extension [Tensor] {
  /// Multiplies every tensor's memory by a number.
  public func multiply(by factor: Double) {
    Tensor.check("multiply", self, withCode { CTorch_listMultiply($0, factor) })
  }
  /// Adds to each tensor's memory the one beside it times a number.
  public func add(_ others: [Tensor], scaledBy scale: Double = 1) {
    requireSameCount(others)
    Tensor.check(
      "add", self, withCode { list in others.withCode { CTorch_listAdd(list, $0, scale) } })
  }
  /// Overwrites each tensor's memory with the one beside it.
  public func assign(_ sources: [Tensor]) {
    requireSameCount(sources)
    Tensor.check(
      "assign", self, withCode { list in sources.withCode { CTorch_listAssign(list, $0) } })
  }
  /// Sets every element to 0.
  public func zero() { Tensor.check("zero", self, withCode { CTorch_listZero($0) }) }

  /// Adds `left * right` times a number.
  public func addProduct(_ left: [Tensor], _ right: [Tensor], scaledBy scale: Double) {
    requireSameCount(left)
    requireSameCount(right)
    let status = withCode { list in
      left.withCode { left in
        right.withCode { CTorch_listAddProduct(list, left, $0, scale) }
      }
    }
    Tensor.check("addProduct", self, status)
  }
  /// Adds `left / right` times a number.
  public func addQuotient(_ left: [Tensor], _ right: [Tensor], scaledBy scale: Double) {
    requireSameCount(left)
    requireSameCount(right)
    let status = withCode { list in
      left.withCode { left in
        right.withCode { CTorch_listAddQuotient(list, left, $0, scale) }
      }
    }
    Tensor.check("addQuotient", self, status)
  }
  /// The Euclidean norm over all elements of all tensors: a tensor of one number, 0 for no tensor.
  public func euclideanNorm() -> Tensor {
    Tensor.result(of: "euclideanNorm", self) { result in withCode { CTorch_listNorm($0, result) } }
  }

  /// One fused AdamW step on these parameters; see ``AdamWStep``.
  public func adamW(
    _ step: AdamWStep, gradients: [Tensor], means: [Tensor], variances: [Tensor]
  ) {
    for list in [gradients, means, variances] { requireSameCount(list) }
    let options = CTorch_AdamW(
      learningRate: step.learningRate, beta1: step.beta1, beta2: step.beta2,
      weightDecay: step.weightDecay, epsilon: step.epsilon)
    let status = withCode { parameters in
      gradients.withCode { gradients in
        means.withCode { means in
          variances.withCode {
            CTorch_adamW(options, Int64(step.number), parameters, gradients, means, $0)
          }
        }
      }
    }
    Tensor.check("adamW", self, status)
  }

  private func requireSameCount(_ others: [Tensor]) {
    if count != others.count {
      fatalError("lists of \(count) and \(others.count) tensors do not pair")
    }
  }
}

/// The numbers of one step of AdamW with decoupled weight decay (Loshchilov & Hutter 2019).
///
///     p -= learningRate · weightDecay · p
///     m = β₁ m + (1 - β₁) g;  v = β₂ v + (1 - β₂) g²
///     p -= learningRate / (1 - β₁ᵗ) · m / (√(v / (1 - β₂ᵗ)) + epsilon)
///
/// fairseq adds epsilon to the uncorrected √v: the same as an epsilon here of `epsilon / √(1 - β₂ᵗ)`.
public struct AdamWStep: Sendable {
  /// The number of the step, t, from 1.
  public var number: Int
  /// The learning rate.
  public var learningRate: Double
  /// How much of the old mean stays.
  public var beta1: Double
  /// How much of the old variance stays.
  public var beta2: Double
  /// The share of a parameter that decays, as a multiple of the learning rate.
  public var weightDecay: Double
  /// What is added to the corrected standard deviation.
  public var epsilon: Double

  /// Makes a step from its numbers.
  ///
  /// - Precondition: `number` is positive.
  public init(
    number: Int, learningRate: Double, beta1: Double, beta2: Double, weightDecay: Double,
    epsilon: Double
  ) {
    precondition(number > 0, "steps are numbered from 1")
    self.number = number
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.weightDecay = weightDecay
    self.epsilon = epsilon
  }
}

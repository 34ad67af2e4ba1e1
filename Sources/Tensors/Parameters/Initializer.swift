/// How the elements of a new parameter are drawn.
public enum Initializer: Hashable, Sendable {
  /// Every element is one number.
  case constant(Double)
  /// A normal distribution around 0.
  case normal(standardDeviation: Double)
  /// A normal distribution around 0 for each row but one, which is zeros: a table of embeddings.
  case normalRows(standardDeviation: Double, zeroRow: Int)
  /// A uniform distribution between minus and plus a bound.
  case uniform(bound: Double)

  /// Zeros.
  public static var zeros: Initializer { .constant(0) }
  /// Ones.
  public static var ones: Initializer { .constant(1) }

  /// The normal distribution of Glorot & Bengio 2010 for a weight [out, in], times a gain.
  public static func xavierNormal(_ shape: Shape, gain: Double = 1) -> Initializer {
    .normal(standardDeviation: gain * (2 / Double(shape[0] + shape[1])).squareRoot())
  }

  /// The uniform distribution of Glorot & Bengio 2010 for a weight [out, in], times a gain.
  public static func xavierUniform(_ shape: Shape, gain: Double = 1) -> Initializer {
    .uniform(bound: gain * (6 / Double(shape[0] + shape[1])).squareRoot())
  }

  /// PyTorch's default for the weight and the bias of a linear layer, times a gain: uniform within
  /// ±1 / √inputs.
  public static func linearDefault(inputs: Int, gain: Double = 1) -> Initializer {
    .uniform(bound: gain / Double(inputs).squareRoot())
  }

  /// A tensor so drawn.
  public func tensor(_ shape: Shape, _ generator: Generator) -> Tensor {
    switch self {
    case .constant(let value): return Tensor(repeating: value, shape: shape)
    case .normal(let deviation): return generator.normal(shape, standardDeviation: deviation)
    case .normalRows(let deviation, let zeroRow):
      let table = generator.normal(shape, standardDeviation: deviation)
      table.element(zeroRow).fill(0)
      return table
    case .uniform(let bound): return generator.uniform(shape, in: -bound..<bound)
    }
  }
}

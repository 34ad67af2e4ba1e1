/// Where the parameters of a model come from as it is built: drawn at random, read from a file, or
/// only counted.
public protocol ParameterSource {
  /// The tensor of a name.
  ///
  /// - Parameters:
  ///   - name: The full name, with the names of the modules around it.
  ///   - shape: The shape it must have.
  ///   - initializer: How it is drawn where it is new.
  /// - Throws: ``ParameterError`` where the source has no such tensor.
  func tensor(
    _ name: String, _ shape: Shape, _ initializer: Initializer
  ) throws(ParameterError) -> Tensor
}

/// Parameters drawn anew.
///
/// Each is a function of the seed and its own name alone: a model that gets another layer keeps the
/// other layers' numbers.
public struct RandomParameters: ParameterSource {
  /// The seed of all of them.
  public let seed: UInt64

  /// Makes a source from its seed.
  public init(seed: UInt64) { self.seed = seed }

  /// Draws a tensor.
  public func tensor(
    _ name: String, _ shape: Shape, _ initializer: Initializer
  ) throws(ParameterError) -> Tensor {
    // FNV-1a (Fowler, Noll & Vo), 64 bits, over the seed's bytes and the name's.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in (0..<8).map({ UInt8(truncatingIfNeeded: seed >> (8 * $0)) }) + Array(name.utf8) {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return initializer.tensor(shape, Generator(seed: hash))
  }
}

/// Parameters that have shapes and no elements, to count those of a model too large for the machine.
public struct ParameterShapes: ParameterSource {
  /// Makes the source.
  public init() {}

  /// A tensor on ``Device/meta``.
  public func tensor(
    _ name: String, _ shape: Shape, _ initializer: Initializer
  ) throws(ParameterError) -> Tensor { .uninitialized(shape, device: .meta) }
}

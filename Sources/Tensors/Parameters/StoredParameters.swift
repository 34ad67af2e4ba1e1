public import Safetensors

/// Parameters read from a safetensors file.
///
/// The model's name for a tensor may differ from the file's; `lookup` translates. After the model is
/// built, ``requireAllUsed(ignoring:)`` tells what the file had beside it.
public final class StoredParameters: ParameterSource {
  /// The file.
  public let file: SafetensorsFile
  private let lookup: (String) -> String
  private var used: Set<String> = []

  /// Makes a source from an open file.
  ///
  /// - Parameter lookup: The file's name of a tensor from the model's.
  public init(_ file: SafetensorsFile, lookup: @escaping (String) -> String = { $0 }) {
    self.file = file
    self.lookup = lookup
  }

  /// Opens a file.
  ///
  /// - Throws: ``ParameterError`` where it is no whole safetensors file.
  public convenience init(
    path: String, lookup: @escaping (String) -> String = { $0 }
  ) throws(ParameterError) {
    do throws(SafetensorsError) {
      self.init(try SafetensorsFile(path: path), lookup: lookup)
    } catch {
      throw ParameterError(.unreadable, path: path, error.description)
    }
  }

  /// Reads a tensor as `float32`.
  ///
  /// - Throws: ``ParameterError`` where it is missing, of another shape, of whole numbers, or not
  ///   finite.
  public func tensor(
    _ name: String, _ shape: Shape, _ initializer: Initializer
  ) throws(ParameterError) -> Tensor {
    let stored = lookup(name)
    guard let view = file[stored] else {
      throw ParameterError(
        .missing, path: file.path, names: [stored],
        "it is missing; the file is of another model or configuration")
    }
    return try read(view, shape)
  }

  /// Reads a tensor of the file's own name as `float32`.
  ///
  /// - Throws: ``ParameterError`` where it is of another shape, of whole numbers, or not finite.
  public func read(_ view: TensorView, _ shape: Shape) throws(ParameterError) -> Tensor {
    guard view.shape == shape.sizes else {
      throw ParameterError(
        .wrongShape, path: file.path, names: [view.name],
        "its shape is \(view.shape) where \(shape) is needed; the file is of another configuration")
    }
    guard let type = ScalarType(view.elementType), type.isFloatingPoint else {
      throw ParameterError(
        .wrongType, path: file.path, names: [view.name],
        "its type is \(view.elementType.rawValue) where F32, F16, BF16 or F64 is needed")
    }
    let tensor = Tensor(view, type: type).converted(to: .float32)
    guard tensor.isFinite().all().item == 1 else {
      throw ParameterError(
        .notFinite, path: file.path, names: [view.name],
        "it holds an infinity or a NaN; take an earlier checkpoint")
    }
    used.insert(view.name)
    return tensor
  }

  /// Makes sure that the model took every tensor of the file.
  ///
  /// - Parameter ignored: Whether a tensor that was not taken may stand there.
  /// - Throws: ``ParameterError`` naming the tensors that the model does not have.
  public func requireAllUsed(
    ignoring ignored: (String) -> Bool = { _ in false }
  ) throws(ParameterError) {
    let extra = file.names.filter { !used.contains($0) && !ignored($0) }
    if extra.isEmpty { return }
    throw ParameterError(
      .unexpected, path: file.path, names: extra,
      "the model has no such parameter; the file is of another model or configuration")
  }
}

/// The named parameters of a model, in the order in which its modules made them.
public final class ParameterStore {
  /// One parameter.
  public struct Parameter {
    /// The full name, as it stands in a checkpoint.
    public let name: String
    /// The numbers.
    public let tensor: Tensor
    /// Whether training changes it.
    public let isTrainable: Bool
  }

  /// The parameters.
  public private(set) var parameters: [Parameter] = []
  /// Where they are.
  public let device: Device
  private let source: any ParameterSource
  private var places: [String: Int] = [:]

  /// Makes an empty store.
  ///
  /// - Parameters:
  ///   - source: Where the tensors come from that modules ask for.
  ///   - device: Where they are put; those of ``ParameterShapes`` stay where they are.
  public init(_ source: any ParameterSource, device: Device = .cpu) {
    self.source = source
    self.device = device
  }

  /// The scope of the outermost module.
  public var root: ParameterScope { ParameterScope(store: self, prefix: "", isTrainable: true) }

  /// The tensor of a name; `nil` where no module made it.
  public subscript(name: String) -> Tensor? { places[name].map { parameters[$0].tensor } }

  /// The parameters that training changes.
  public var trainable: [Parameter] { parameters.filter(\.isTrainable) }

  /// The number of elements of all parameters.
  public var elementCount: Int { parameters.reduce(0) { $0 + $1.tensor.elementCount } }

  func make(
    _ name: String, _ shape: Shape, _ initializer: Initializer, isTrainable: Bool
  ) throws(ParameterError) -> Tensor {
    precondition(places[name] == nil, "two parameters are named '\(name)'")
    var tensor = try source.tensor(name, shape, initializer)
    if tensor.device != .meta { tensor = tensor.moved(to: device) }
    tensor.requiresGradient = isTrainable
    places[name] = parameters.count
    parameters.append(Parameter(name: name, tensor: tensor, isTrainable: isTrainable))
    return tensor
  }
}

/// The place of a module in a model: it gives the module's parameters their names.
public struct ParameterScope {
  private let store: ParameterStore
  private let prefix: String
  private let isTrainable: Bool

  init(store: ParameterStore, prefix: String, isTrainable: Bool) {
    self.store = store
    self.prefix = prefix
    self.isTrainable = isTrainable
  }

  /// The scope of a module within this one; dots part the levels.
  public func scope(_ name: String) -> ParameterScope {
    ParameterScope(store: store, prefix: "\(prefix)\(name).", isTrainable: isTrainable)
  }

  /// The same scope, whose parameters training leaves as they are.
  public func frozen(_ isFrozen: Bool = true) -> ParameterScope {
    ParameterScope(store: store, prefix: prefix, isTrainable: isTrainable && !isFrozen)
  }

  /// A parameter of the module.
  ///
  /// - Throws: ``ParameterError`` where the store's source does not have it.
  public func parameter(
    _ name: String, _ shape: Shape, _ initializer: Initializer
  ) throws(ParameterError) -> Tensor {
    try store.make(prefix + name, shape, initializer, isTrainable: isTrainable)
  }
}

/// Parameters that do not fit the model they are loaded into: which tensors, of which file, and why.
public struct ParameterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Hashable, Sendable {
    /// The file cannot be read as safetensors.
    case unreadable
    /// Tensors that the model has are not in the file.
    case missing
    /// Tensors are in the file that the model does not have.
    case unexpected
    /// A tensor has another shape than the model's.
    case wrongShape
    /// A tensor has elements that are no floating-point numbers.
    case wrongType
    /// A tensor holds an infinity or a NaN.
    case notFinite
    /// A tensor contradicts another one or the configuration.
    case contradiction
  }

  /// What is wrong.
  public var code: Code
  /// The file.
  public var path: String
  /// The tensors the fault is of, in the model's order.
  public var names: [String]
  /// What is wrong and what helps, as a clause.
  public var message: String

  /// Makes an error from its parts.
  public init(_ code: Code, path: String, names: [String] = [], _ message: String) {
    self.code = code
    self.path = path
    self.names = names
    self.message = message
  }

  /// The file, the tensors, what is wrong and what helps.
  public var description: String {
    if names.isEmpty { return code == .unreadable ? message : "'\(path)': \(message)" }
    let shown = names.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
    let more = names.count > 8 ? " and \(names.count - 8) more" : ""
    return "'\(path)', \(names.count == 1 ? "tensor" : "tensors") \(shown)\(more): \(message)"
  }
}

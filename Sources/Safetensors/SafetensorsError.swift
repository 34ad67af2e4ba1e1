internal import Storage

/// A safetensors file that cannot be used: which file, which tensor, what is wrong and what helps.
public struct SafetensorsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Hashable, Sendable {
    /// The operating system could not open or map the file.
    case unreadable
    /// The file is shorter than its header says, or longer.
    case wrongLength
    /// The header is not the JSON that the format prescribes.
    case malformedHeader
    /// A tensor's place or size contradicts its shape, another tensor or the file.
    case badLayout
    /// A tensor that was asked for is not in the file.
    case missingTensor
    /// A tensor has another element type or shape than was asked for.
    case unexpectedTensor
  }

  /// What is wrong.
  public var code: Code
  /// The file.
  public var path: String
  /// The tensor, where the fault is of one.
  public var tensor: String?
  /// What is wrong and what helps, as a clause.
  public var message: String

  /// Makes an error from its parts.
  public init(_ code: Code, path: String, tensor: String? = nil, _ message: String) {
    self.code = code
    self.path = path
    self.tensor = tensor
    self.message = message
  }

  init(_ error: StorageError) {
    self.init(.unreadable, path: error.path, error.description)
  }

  /// The file, the tensor, what is wrong and what helps.
  public var description: String {
    if code == .unreadable { return message }
    let place = tensor.map { "'\(path)', tensor '\($0)'" } ?? "'\(path)'"
    return "\(place): \(message)"
  }
}

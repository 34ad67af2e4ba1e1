internal import Storage

/// A safetensors file, memory-mapped, with every bound of its header checked.
///
/// The format: 8 bytes of little-endian header length, a JSON header, then the tensors end to end
/// (<https://github.com/huggingface/safetensors#format>). A file that opened can be read without
/// another check: each tensor lies inside the file, none overlaps another, and each is as long as
/// its shape says.
public final class SafetensorsFile: Sendable {
  /// The longest header that is read, in bytes: the reference implementation's limit.
  public static let headerLimit = 100_000_000

  /// The path the file was opened by.
  public let path: String
  /// The text about the whole file.
  public let metadata: [String: String]
  /// The tensors, by their place in the file.
  public let tensors: [TensorDescription]

  private let file: MappedFile
  private let views: [String: TensorView]

  /// Opens a file and checks its header; tensors are read when they are asked for.
  ///
  /// - Throws: ``SafetensorsError`` where the file cannot be opened, is no safetensors file, or its
  ///   header contradicts itself or the file's length.
  public init(path: String) throws(SafetensorsError) {
    do throws(StorageError) {
      file = try MappedFile(path: path)
    } catch { throw SafetensorsError(error) }
    let length = try Header.length(file.copy(0..<min(8, file.count)), path: path)
    guard length <= file.count - 8 else {
      throw Header.cutShort(length, of: file.count, path: path)
    }
    let headerEnd = 8 + length
    let header = try Header(file.copy(8..<headerEnd)[...], path: path)
    guard header.dataCount == file.count - headerEnd else {
      throw SafetensorsError(
        .wrongLength, path: path,
        "the header describes \(header.dataCount) bytes of data, but the file has"
          + " \(file.count - headerEnd); it was cut short or damaged: fetch or write it again")
    }
    self.path = path
    metadata = header.metadata
    tensors = header.entries.map(\.description)
    var views: [String: TensorView] = [:]
    for entry in header.entries {
      let range = headerEnd + entry.range.lowerBound..<headerEnd + entry.range.upperBound
      views[entry.description.name] = TensorView(
        file: file, description: entry.description, byteRange: range)
    }
    self.views = views
  }

  /// The names of the tensors, by their place in the file.
  public var names: [String] { tensors.map(\.name) }

  /// The size of the file in bytes.
  public var byteCount: Int { file.count }

  /// The tensor of a name; `nil` where there is none.
  public subscript(name: String) -> TensorView? { views[name] }

  /// The tensor of a name.
  ///
  /// - Throws: ``SafetensorsError`` naming what is there, where the tensor is not.
  public func tensor(named name: String) throws(SafetensorsError) -> TensorView {
    if let view = views[name] { return view }
    let shown = names.sorted().prefix(12).joined(separator: ", ")
    let more = names.count > 12 ? " and \(names.count - 12) more" : ""
    let present = names.isEmpty ? "the file has no tensor" : "there are \(shown)\(more)"
    throw SafetensorsError(
      .missingTensor, path: path, tensor: name, "it is missing; \(present)")
  }

  /// The tensor of a name, which must have an element type and a shape.
  ///
  /// - Parameter shape: The dimensions; `nil` stands for any size.
  /// - Throws: ``SafetensorsError`` where the tensor is missing or of another type or shape.
  public func tensor(
    named name: String, _ elementType: ElementType, shape: [Int?]
  ) throws(SafetensorsError) -> TensorView {
    let view = try tensor(named: name)
    let found = view.description
    let fits =
      found.shape.count == shape.count
      && zip(found.shape, shape).allSatisfy { $1 == nil || $0 == $1 }
    guard found.elementType == elementType, fits else {
      let wanted = shape.map { $0.map(String.init) ?? "any" }.joined(separator: ", ")
      throw SafetensorsError(
        .unexpectedTensor, path: path, tensor: name,
        "it is \(found.elementType.rawValue) \(found.shape) where \(elementType.rawValue)"
          + " [\(wanted)] is needed")
    }
    return view
  }
}

public import Storage

/// Writes a safetensors file: tensors are declared first, then their data follow in that order.
///
/// The file appears under its name whole or not at all, and its bytes are a function of what was
/// declared and written. Nothing but the current piece is held in memory. The header is padded with
/// spaces to 8 bytes; declare tensors by descending element size to keep each aligned for its type.
public final class SafetensorsWriter {
  /// The tensors, in the order in which their data are written.
  public let tensors: [TensorDescription]

  private let file: AtomicFile
  private var index = 0
  private var rest: Int

  /// Begins a file and writes its header.
  ///
  /// - Precondition: Names are unique, none is `__metadata__`, and no shape is negative or overflows.
  /// - Throws: `StorageError` where the file cannot be made.
  public init(
    path: String, tensors: [TensorDescription], metadata: [String: String] = [:]
  ) throws(StorageError) {
    precondition(Set(tensors.map(\.name)).count == tensors.count, "tensor names are unique")
    let header = Self.header(tensors, metadata)
    precondition(header.count <= SafetensorsFile.headerLimit, "a header no reader would refuse")
    self.tensors = tensors
    rest = tensors.first?.byteCount ?? 0
    file = try AtomicFile(path: path)
    let length = UInt64(header.count)
    try file.write((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) })
    try file.write(header)
  }

  /// Adds elements to a tensor; a tensor may be written in as many pieces as one likes.
  ///
  /// - Precondition: The tensor has that element type, has room for them, and all before it are whole.
  public func write<Element: TensorElement>(
    _ values: [Element], to name: String
  ) throws(StorageError) {
    let failure = values.withUnsafeBytes { bytes -> StorageError? in
      do throws(StorageError) {
        try write(bytes, to: name, as: Element.elementType)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
  }

  /// Adds bytes to a tensor of any element type.
  ///
  /// - Precondition: The tensor has room for them, and all before it are whole.
  public func write(bytes: UnsafeRawBufferPointer, to name: String) throws(StorageError) {
    try write(bytes, to: name, as: nil)
  }

  /// Adds bytes to a tensor of any element type.
  ///
  /// - Precondition: The tensor has room for them, and all before it are whole.
  public func write(bytes: [UInt8], to name: String) throws(StorageError) {
    let failure = bytes.withUnsafeBytes { bytes -> StorageError? in
      do throws(StorageError) {
        try write(bytes, to: name, as: nil)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
  }

  /// Gives the file its name.
  ///
  /// - Precondition: Every tensor is whole.
  /// - Throws: `StorageError` where bytes cannot be made durable.
  public func commit() throws(StorageError) {
    skipFinished()
    precondition(index == tensors.count, "every declared tensor is written before the commit")
    try file.commit()
  }

  private func write(
    _ bytes: UnsafeRawBufferPointer, to name: String, as type: ElementType?
  ) throws(StorageError) {
    if bytes.isEmpty { return }
    skipFinished()
    precondition(
      index < tensors.count && tensors[index].name == name,
      "'\(name)' is written in its turn, and no more of it than was declared")
    precondition(
      type == nil || type == tensors[index].elementType, "'\(name)' has the element type declared")
    precondition(bytes.count <= rest, "'\(name)' is no longer than declared")
    rest -= bytes.count
    // Small pieces go through the file's buffer, large ones straight to the file.
    if bytes.count < 1 << 16 {
      try file.write(Array(bytes))
    } else {
      try file.write(bytes)
    }
  }

  private func skipFinished() {
    while index < tensors.count && rest == 0 {
      index += 1
      rest = index < tensors.count ? tensors[index].byteCount : 0
    }
  }

  /// The header's JSON: metadata by key, then the tensors as declared, then spaces.
  private static func header(
    _ tensors: [TensorDescription], _ metadata: [String: String]
  ) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { "\(quoted($0.key)):\(quoted($0.value))" }
      members.append("\"\(Header.metadataKey)\":{\(pairs.joined(separator: ","))}")
    }
    var offset = 0
    for tensor in tensors {
      guard let byteCount = tensor.checkedByteCount, tensor.name != Header.metadataKey else {
        preconditionFailure("'\(tensor.name)' is a name and a shape that a file can hold")
      }
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(quoted(tensor.name)):{\"dtype\":\"\(tensor.elementType.rawValue)\","
          + "\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(offset + byteCount)]}")
      offset += byteCount
    }
    var bytes = Array("{\(members.joined(separator: ","))}".utf8)
    bytes.append(contentsOf: repeatElement(0x20, count: (8 - bytes.count % 8) % 8))
    return bytes
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

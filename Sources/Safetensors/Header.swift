/// The header of a safetensors file: what tensors there are and where.
struct Header {
  /// One tensor and its bytes, counted from the end of the header.
  struct Entry {
    var description: TensorDescription
    var range: Range<Int>
  }

  /// The name under which the header holds text about the whole file.
  static let metadataKey = "__metadata__"

  var metadata: [String: String] = [:]
  /// The tensors, by their place in the file.
  var entries: [Entry] = []

  /// How many bytes of data the tensors have.
  var dataCount: Int { entries.last?.range.upperBound ?? 0 }

  /// Reads a header and checks that its tensors stand end to end, with no hole or overlap.
  init(_ json: ArraySlice<UInt8>, path: String) throws(SafetensorsError) {
    do throws(HeaderScanner.Failure) {
      try read(json)
    } catch {
      throw SafetensorsError(
        .malformedHeader, path: path,
        "the header is malformed at byte \(error.offset): \(error.message);"
          + " the file is damaged or no safetensors file: fetch or write it again")
    }
    // An empty tensor may begin where another does: it then comes first.
    entries.sort {
      ($0.range.lowerBound, $0.range.upperBound, $0.description.name)
        < ($1.range.lowerBound, $1.range.upperBound, $1.description.name)
    }
    try checkLayout(path: path)
  }

  private mutating func read(_ json: ArraySlice<UInt8>) throws(HeaderScanner.Failure) {
    var scanner = HeaderScanner(json)
    var names: Set<String> = []
    var metadata: [String: String]?
    var entries: [Entry] = []
    try scanner.object { (scanner, name) throws(HeaderScanner.Failure) in
      if !names.insert(name).inserted { throw scanner.failure("'\(name)' is there twice") }
      if name == Self.metadataKey {
        metadata = try Self.metadata(&scanner)
      } else {
        entries.append(try Self.entry(&scanner, name: name))
      }
    }
    if !scanner.isAtEnd() { throw scanner.failure("something follows its last brace") }
    self.metadata = metadata ?? [:]
    self.entries = entries
  }

  private static func metadata(
    _ scanner: inout HeaderScanner
  ) throws(HeaderScanner.Failure) -> [String: String] {
    var metadata: [String: String] = [:]
    try scanner.object { (scanner, key) throws(HeaderScanner.Failure) in
      let value = try scanner.string()
      if metadata.updateValue(value, forKey: key) != nil {
        throw scanner.failure("the metadata have '\(key)' twice")
      }
    }
    return metadata
  }

  private static func entry(
    _ scanner: inout HeaderScanner, name: String
  ) throws(HeaderScanner.Failure) -> Entry {
    var type: ElementType?
    var shape: [Int]?
    var offsets: [Int]?
    try scanner.object { (scanner, key) throws(HeaderScanner.Failure) in
      switch key {
      case "dtype" where type == nil:
        let name = try scanner.string()
        type = ElementType(rawValue: name)
        if type == nil { throw scanner.failure("the element type '\(name)' is unknown") }
      case "shape" where shape == nil: shape = try scanner.numbers()
      case "data_offsets" where offsets == nil: offsets = try scanner.numbers()
      default: throw scanner.failure("'\(name)' has an unknown or a second '\(key)'")
      }
    }
    guard let type, let shape, let offsets else {
      throw scanner.failure("'\(name)' lacks its dtype, shape or data_offsets")
    }
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw scanner.failure("the data_offsets of '\(name)' are not a start and an end")
    }
    return Entry(
      description: TensorDescription(name, type, shape), range: offsets[0]..<offsets[1])
  }

  private func checkLayout(path: String) throws(SafetensorsError) {
    var end = 0
    for entry in entries {
      let tensor = entry.description
      func fault(_ what: String) -> SafetensorsError {
        SafetensorsError(
          .badLayout, path: path, tensor: tensor.name,
          what + "; the header is damaged: fetch or write the file again")
      }
      guard let byteCount = tensor.checkedByteCount else {
        throw fault("the shape \(tensor.shape) is too large")
      }
      guard byteCount == entry.range.count else {
        throw fault(
          "the shape \(tensor.shape) of \(tensor.elementType.rawValue) needs \(byteCount) bytes,"
            + " but the header gives it \(entry.range.count)")
      }
      guard entry.range.lowerBound == end else {
        throw fault(
          "it begins at byte \(entry.range.lowerBound) of the data, where the tensors before it"
            + " end at \(end)")
      }
      end = entry.range.upperBound
    }
  }
}

extension Header {
  /// The length of the header, from the file's first 8 bytes.
  static func length(_ bytes: [UInt8], path: String) throws(SafetensorsError) -> Int {
    guard bytes.count == 8 else {
      throw SafetensorsError(
        .wrongLength, path: path,
        "it has \(bytes.count) bytes, too few for a safetensors file: fetch or write it again")
    }
    let length = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(SafetensorsFile.headerLimit) else {
      throw SafetensorsError(
        .malformedHeader, path: path,
        "the header is said to have \(length) bytes, more than \(SafetensorsFile.headerLimit) allow;"
          + " it is damaged or no safetensors file")
    }
    return Int(length)
  }

  /// The error of a file that ends within its header.
  static func cutShort(_ length: Int, of byteCount: Int, path: String) -> SafetensorsError {
    SafetensorsError(
      .wrongLength, path: path,
      "the header is said to have \(length) bytes, but the file has \(byteCount);"
        + " it was cut short: fetch or write it again")
  }
}

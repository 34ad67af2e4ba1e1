internal import Documents
internal import Safetensors

/// The text that names a weft file's format, and the facts and counts beside it.
struct FormatHeader {
  /// The key of the format's name.
  static let formatKey = "format"
  /// The key of the format's version.
  static let versionKey = "version"

  /// The version of the file.
  let version: Int
  private let path: String
  private let metadata: [String: String]

  /// Checks a file's format and version.
  init(
    _ file: SafetensorsFile, format: String, versions: ClosedRange<Int>
  ) throws(ShardingError) {
    try self.init(path: file.path, file.metadata, format: format, versions: versions)
  }

  /// Checks the format and version that metadata name.
  init(
    path: String, _ metadata: [String: String], format: String, versions: ClosedRange<Int>
  ) throws(ShardingError) {
    self.path = path
    self.metadata = metadata
    let found = metadata[Self.formatKey]
    guard found == format else {
      let text = found.map { "it is a '\($0)' file" } ?? "it does not name its format"
      throw ShardingError(
        .damaged, path: path, "\(text) where a '\(format)' file is needed")
    }
    guard let text = metadata[Self.versionKey] else {
      throw ShardingError(
        .damaged, path: path, "the metadata lack '\(Self.versionKey)'; make the file again")
    }
    guard let version = Int(text), versions.contains(version) else {
      let readable = versions.map(String.init).joined(separator: " and ")
      throw ShardingError(
        .wrongVersion, path: path,
        "it is version \(text) of \(format), but this weft reads version \(readable);"
          + " make it again with this weft")
    }
    self.version = version
  }

  func text(_ key: String) throws(ShardingError) -> String {
    guard let value = metadata[key] else { throw fault("the metadata lack '\(key)'") }
    return value
  }

  func number(_ key: String, in range: ClosedRange<Int>) throws(ShardingError) -> Int {
    let value = try text(key)
    guard let number = Int(value), range.contains(number) else {
      throw fault("the metadata's '\(key)' is '\(value)', not a number of \(range)")
    }
    return number
  }

  func digest(_ key: String) throws(ShardingError) -> Digest {
    let value = try text(key)
    guard let digest = Digest(value) else {
      throw fault("the metadata's '\(key)' is '\(value)', not a SHA-256 digest")
    }
    return digest
  }

  func value<Value: RawRepresentable<String>>(
    _ key: String, as type: Value.Type = Value.self
  ) throws(ShardingError) -> Value {
    let text = try text(key)
    guard let value = Value(rawValue: text) else {
      throw fault("the metadata's '\(key)' is '\(text)', which this weft does not know")
    }
    return value
  }

  private func fault(_ message: String) -> ShardingError {
    ShardingError(.damaged, path: path, message + "; make the file again")
  }
}

/// Bounds of ragged rows: n + 1 ascending offsets from 0 to the number of elements.
///
/// They are checked once and then read where they are mapped: a file takes no memory by its rows.
struct RaggedOffsets {
  /// How many offsets are checked at once.
  private static let chunk = 1 << 13

  private let offsets: TensorView

  /// Finds and checks a tensor of offsets.
  init(
    _ file: SafetensorsFile, _ name: String, rows: Int, elements: Int
  ) throws(ShardingError) {
    offsets = try file.checked { (file) throws(SafetensorsError) in
      try file.tensor(named: name, .int64, shape: [rows + 1])
    }
    var last: Int64 = 0
    var ascend = values(0..<1) == [0]
    for start in stride(from: 0, through: rows, by: Self.chunk) where ascend {
      for offset in values(start..<min(start + Self.chunk, rows + 1)) {
        if offset < last { ascend = false }
        last = offset
      }
    }
    guard ascend, last == Int64(elements) else {
      throw ShardingError(
        .damaged, path: file.path,
        "'\(name)' does not ascend from 0 to \(elements); make the file again")
    }
  }

  /// The number of rows.
  var count: Int { offsets.elementCount - 1 }

  /// The elements of a row.
  subscript(row: Int) -> Range<Int> {
    let ends = values(row..<row + 2)
    return Int(ends[0])..<Int(ends[1])
  }

  /// The elements of each of some rows.
  subscript(rows: Range<Int>) -> [Range<Int>] {
    let ends = values(rows.lowerBound..<rows.upperBound + 1)
    return zip(ends, ends.dropFirst()).map { Int($0)..<Int($1) }
  }

  private func values(_ range: Range<Int>) -> [Int64] {
    do throws(SafetensorsError) { return try offsets.values(as: Int64.self, in: range) } catch {
      preconditionFailure("the type of offsets was checked: \(error)")
    }
  }
}

extension SafetensorsFile {
  /// Opens a file, its faults as this target's error.
  static func open(_ path: String) throws(ShardingError) -> SafetensorsFile {
    do throws(SafetensorsError) { return try SafetensorsFile(path: path) } catch {
      throw ShardingError(error)
    }
  }

  /// Reads from the file, its faults as this target's error.
  func checked<Result>(
    _ read: (SafetensorsFile) throws(SafetensorsError) -> Result
  ) throws(ShardingError) -> Result {
    do throws(SafetensorsError) { return try read(self) } catch { throw ShardingError(error) }
  }
}

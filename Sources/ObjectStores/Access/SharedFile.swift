internal import Storage

/// A file of settings that programs for S3 share: sections with `name = value`
/// <https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html>.
struct SharedFile {
  private var sections: [String: [String: String]] = [:]
  private static let maximumBytes = 1 << 20

  /// Reads a file; one that does not exist has no sections.
  init(path: String) throws(ObjectStoreError) {
    guard FileSystem.isFile(path) else { return }
    do {
      parse(try FileSystem.readText(path, limit: Self.maximumBytes))
    } catch { throw ObjectStoreError(.configuration, "\(error)") }
  }

  private mutating func parse(_ text: String) {
    var section = ""
    for line in text.split(whereSeparator: \.isNewline) {
      let trimmed = line.trimmed
      if trimmed.isEmpty || trimmed.hasPrefix("#") || trimmed.hasPrefix(";") { continue }
      if trimmed.hasPrefix("["), let end = trimmed.firstIndex(of: "]") {
        section = trimmed.dropFirst().prefix(upTo: end).trimmed
        continue
      }
      // An indented line belongs to a setting with parts of its own, none of which is used.
      guard line.first?.isWhitespace == false, let sign = line.firstIndex(of: "=") else { continue }
      let name = line[..<sign].trimmed.lowercased()
      sections[section, default: [:]][name] = line[line.index(after: sign)...].trimmed
    }
  }

  /// The settings of a profile; those of the configuration file stand under `profile NAME`.
  func profile(_ name: String) -> [String: String]? {
    sections[name] ?? sections["profile " + name]
  }
}

extension StringProtocol {
  /// The text without white space at its ends.
  var trimmed: String {
    let start = drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }
}

internal import Documents
internal import Hashing
internal import Storage

/// The archives or other files that a pipeline names.
enum InputList {
  /// Finds and digests the files.
  ///
  /// - Throws: ``RunError`` where a pattern matches nothing or one file is named twice.
  static func resolve(_ patterns: [String], key: String = "read.inputs") throws -> [RunInput] {
    var paths: Set<String> = []
    for pattern in patterns {
      let matches = FileSystem.matching(pattern)
      if matches.isEmpty {
        throw RunError(
          .input,
          "\(key): no file matches '\(pattern)' (in the current directory, where it is "
            + "relative)")
      }
      paths.formUnion(matches)
    }
    let sorted = paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let inputs = try sorted.enumerated().map { index, path in
      RunInput(
        input: index, path: path, byteCount: FileSystem.size(path) ?? 0,
        digest: try Digest(ofFile: path))
    }
    try refuseCopies(inputs)
    return inputs
  }

  /// Two archives of the same bytes would give every record twice under one identity.
  private static func refuseCopies(_ inputs: [RunInput]) throws {
    var first: [Digest: String] = [:]
    for input in inputs {
      if let other = first.updateValue(input.path, forKey: input.digest) {
        throw RunError(
          .input, "'\(other)' and '\(input.path)' hold the same bytes; name only one of them")
      }
    }
  }
}

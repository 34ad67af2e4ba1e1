internal import Glibc

extension FileSystem {
  /// The regular files that a pattern with `*`, `?` and `[…]` names, sorted by their bytes.
  ///
  /// A path without a pattern names itself, if it is a file.
  public static func matching(_ pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, GLOB_NOSORT, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { String(cString: $0) }
    }
    .filter(isFile)
    .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

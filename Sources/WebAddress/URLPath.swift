/// Paths of addresses <https://url.spec.whatwg.org/#path-state>.
enum URLPath {
  /// The directory that a path stands in, without the slash at its end: a path is copied, never split,
  /// so that a page with a long address and many relative ones is read quickly.
  static func directory(of path: String) -> ArraySlice<UInt8> {
    let bytes = Array(path.utf8)
    // A drive is the root of its file system.
    if isDrive(bytes[...]) { return bytes[...] }
    return bytes[..<(bytes.lastIndex(of: slash) ?? 0)]
  }

  private static let slash = UInt8(ascii: "/")

  /// Appends the segments of `bytes` to a directory, resolving dot segments.
  static func resolve(
    _ bytes: ArraySlice<UInt8>, onto directory: ArraySlice<UInt8>, scheme: String
  ) -> String {
    let isSpecial = Scheme.isSpecial(scheme)
    var path = Array(directory)
    var rest = bytes
    if let first = rest.first, WebURL.isSlash(first, isSpecial: isSpecial) {
      rest = rest.dropFirst()
    }
    while true {
      let end = rest.firstIndex { WebURL.isSlash($0, isSpecial: isSpecial) } ?? rest.endIndex
      let isLast = end == rest.endIndex
      append(rest[..<end], isLast: isLast, to: &path, scheme: scheme)
      if isLast { return String(decoding: path, as: UTF8.self) }
      rest = rest[(end + 1)...]
    }
  }

  private static func append(
    _ segment: ArraySlice<UInt8>, isLast: Bool, to path: inout [UInt8], scheme: String
  ) {
    switch dots(in: segment) {
    case 2:
      let isRoot = scheme == "file" && isDrive(path[...])
      if !isRoot, let last = path.lastIndex(of: slash) { path.removeSubrange(last...) }
      if isLast { path.append(slash) }
    case 1:
      if isLast { path.append(slash) }
    default:
      let isFirst = path.isEmpty
      path.append(slash)
      if scheme == "file", isFirst, isDriveLetter(segment), let letter = segment.first {
        path += [letter, UInt8(ascii: ":")]
      } else {
        path += PercentEncoding.encode(segment, .path).utf8
      }
    }
  }

  /// How many dots a segment is made of, `%2e` being a dot; 0 where it is no dot segment.
  private static func dots(in segment: ArraySlice<UInt8>) -> Int {
    var count = 0
    var rest = segment
    while let first = rest.first {
      if first == UInt8(ascii: ".") {
        rest = rest.dropFirst()
      } else if rest.starts(with: "%2e".utf8) || rest.starts(with: "%2E".utf8) {
        rest = rest.dropFirst(3)
      } else {
        return 0
      }
      count += 1
      if count > 2 { return 0 }
    }
    return count
  }

  /// Whether bytes are a letter and a colon or bar, as Windows names a drive.
  static func isDriveLetter(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count == 2, let letter = bytes.first, let mark = bytes.last else { return false }
    return UInt8(ascii: "a")...UInt8(ascii: "z") ~= letter | 32 && ":|".utf8.contains(mark)
  }

  /// Whether a path is a slash and a drive.
  private static func isDrive(_ path: ArraySlice<UInt8>) -> Bool {
    path.count == 3 && path.first == slash && path.last == UInt8(ascii: ":")
      && isDriveLetter(path.dropFirst())
  }
}

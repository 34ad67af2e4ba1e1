/// Paths of addresses <https://url.spec.whatwg.org/#path-state>.
enum URLPath {
  /// The segments of the directory that a path stands in.
  static func directory(of path: String) -> [String] {
    var segments = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if segments.count > 1 { segments.removeFirst() }
    // A drive is the root of its file system.
    if segments.count == 1, isNormalizedDriveLetter(segments[0]) { return segments }
    if !segments.isEmpty { segments.removeLast() }
    return segments
  }

  /// Appends the segments of `bytes` to a directory, resolving dot segments.
  static func resolve(
    _ bytes: ArraySlice<UInt8>, onto directory: [String], scheme: String
  ) -> String {
    let isSpecial = Scheme.isSpecial(scheme)
    var segments = directory
    var rest = bytes
    if let first = rest.first, WebURL.isSlash(first, isSpecial: isSpecial) {
      rest = rest.dropFirst()
    }
    while true {
      let end = rest.firstIndex { WebURL.isSlash($0, isSpecial: isSpecial) } ?? rest.endIndex
      let isLast = end == rest.endIndex
      append(rest[..<end], isLast: isLast, to: &segments, scheme: scheme)
      if isLast { break }
      rest = rest[(end + 1)...]
    }
    return "/" + segments.joined(separator: "/")
  }

  private static func append(
    _ segment: ArraySlice<UInt8>, isLast: Bool, to segments: inout [String], scheme: String
  ) {
    switch dots(in: segment) {
    case 2:
      let isDrive = scheme == "file" && segments.count == 1 && isNormalizedDriveLetter(segments[0])
      if !segments.isEmpty, !isDrive { segments.removeLast() }
      if isLast { segments.append("") }
    case 1:
      if isLast { segments.append("") }
    default:
      if scheme == "file", segments.isEmpty, isDriveLetter(segment), let letter = segment.first {
        segments.append(String(decoding: [letter, UInt8(ascii: ":")], as: UTF8.self))
      } else {
        segments.append(PercentEncoding.encode(segment, .path))
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

  private static func isNormalizedDriveLetter(_ segment: String) -> Bool {
    isDriveLetter(Array(segment.utf8)[...]) && segment.hasSuffix(":")
  }
}

extension WebURL {
  /// Parses an address, relative to `base` where it is relative; `nil` where the URL Standard calls
  /// it a failure or it is longer than ``maximumLength``.
  ///
  /// Bytes outside ASCII in a query are encoded as UTF-8, whatever the encoding of the page.
  public init?(parsing text: String, base: WebURL? = nil) {
    guard text.utf8.count <= Self.maximumOpaqueLength else { return nil }
    let bytes = Self.cleaned(text)
    let isLong = bytes.count > Self.maximumLength
    if let (scheme, rest) = Scheme.split(bytes[...]) {
      let isRelative =
        Scheme.isSpecial(scheme) && scheme == base?.scheme && !rest.starts(with: "//".utf8)
      if !isRelative || rest.starts(with: #"\"#.utf8) || rest.starts(with: "/\\".utf8) {
        guard !isLong || !Scheme.isSpecial(scheme),
          let url = Self.absolute(scheme: scheme, rest)
        else { return nil }
        self = url
        return
      }
      guard !isLong, let base, let url = Self.relative(rest, to: base) else { return nil }
      self = url
      return
    }
    guard !isLong, let base, let url = Self.relative(bytes[...], to: base) else { return nil }
    self = url
  }

  /// Without control characters and spaces at the ends, and without line breaks and tabs anywhere.
  private static func cleaned(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    guard let first = bytes.firstIndex(where: { $0 > 0x20 }),
      let last = bytes.lastIndex(where: { $0 > 0x20 })
    else { return [] }
    return bytes[first...last].filter { $0 != 9 && $0 != 10 && $0 != 13 }
  }

  /// The three parts of what follows a scheme or a base: hierarchy, query and fragment.
  private struct Parts {
    var hierarchy: ArraySlice<UInt8>
    var query: ArraySlice<UInt8>?
    var fragment: ArraySlice<UInt8>?

    init(_ bytes: ArraySlice<UInt8>) {
      hierarchy = bytes
      if let mark = hierarchy.firstIndex(of: UInt8(ascii: "#")) {
        fragment = hierarchy[(mark + 1)...]
        hierarchy = hierarchy[..<mark]
      }
      if let mark = hierarchy.firstIndex(of: UInt8(ascii: "?")) {
        query = hierarchy[(mark + 1)...]
        hierarchy = hierarchy[..<mark]
      }
    }
  }

  private static func absolute(scheme: String, _ rest: ArraySlice<UInt8>) -> WebURL? {
    let parts = Parts(rest)
    var url = WebURL(scheme: scheme)
    if scheme == "file" {
      guard url.setFile(parts.hierarchy, base: nil) else { return nil }
    } else if url.isSpecial {
      let authority = parts.hierarchy.drop { isSlash($0, isSpecial: true) }
      guard url.setAuthorityAndPath(authority) else { return nil }
    } else if parts.hierarchy.starts(with: "//".utf8) {
      guard url.setAuthorityAndPath(parts.hierarchy.dropFirst(2)) else { return nil }
    } else if parts.hierarchy.first == UInt8(ascii: "/") {
      url.path = URLPath.resolve(parts.hierarchy, onto: [], scheme: scheme)
    } else {
      url.hasOpaquePath = true
      url.path = PercentEncoding.encode(parts.hierarchy, .control)
    }
    url.setQueryAndFragment(parts)
    return url
  }

  private static func relative(_ bytes: ArraySlice<UInt8>, to base: WebURL) -> WebURL? {
    let parts = Parts(bytes)
    if base.hasOpaquePath {
      guard parts.hierarchy.isEmpty, parts.query == nil, let fragment = parts.fragment else {
        return nil
      }
      var url = base
      url.fragment = PercentEncoding.encode(fragment, .fragment)
      return url
    }
    var url = base
    url.fragment = nil
    if base.scheme == "file" {
      if !parts.hierarchy.isEmpty {
        guard url.setFile(parts.hierarchy, base: base) else { return nil }
      }
    } else {
      guard url.setHierarchy(parts.hierarchy, base: base) else { return nil }
    }
    if parts.hierarchy.isEmpty {
      if parts.query == nil { url.query = base.query }
    } else {
      url.query = nil
    }
    url.setQueryAndFragment(parts)
    return url
  }

  private mutating func setHierarchy(_ hierarchy: ArraySlice<UInt8>, base: WebURL) -> Bool {
    let isSlash = { Self.isSlash($0, isSpecial: base.isSpecial) }
    guard let first = hierarchy.first else { return true }
    if isSlash(first) {
      let rest = hierarchy.dropFirst()
      if let second = rest.first, isSlash(second) {
        self = WebURL(scheme: scheme)
        let authority = isSpecial ? hierarchy.drop(while: isSlash) : hierarchy.dropFirst(2)
        return setAuthorityAndPath(authority)
      }
      path = URLPath.resolve(hierarchy, onto: [], scheme: scheme)
      return true
    }
    path = URLPath.resolve(hierarchy, onto: URLPath.directory(of: base.path), scheme: scheme)
    return true
  }

  /// Reads `user:password@host:port/path`.
  private mutating func setAuthorityAndPath(_ bytes: ArraySlice<UInt8>) -> Bool {
    let isSpecial = isSpecial
    let end = bytes.firstIndex { Self.isSlash($0, isSpecial: isSpecial) } ?? bytes.endIndex
    var authority = bytes[..<end]
    if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
      setCredentials(authority[..<at])
      authority = authority[(at + 1)...]
      if authority.isEmpty { return false }
    }
    guard setHostAndPort(authority) else { return false }
    let rest = bytes[end...]
    path = rest.isEmpty && !isSpecial ? "" : URLPath.resolve(rest, onto: [], scheme: scheme)
    return true
  }

  private mutating func setCredentials(_ bytes: ArraySlice<UInt8>) {
    let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
    username = PercentEncoding.encode(bytes[..<colon], .userinfo)
    password = PercentEncoding.encode(bytes[colon...].dropFirst(), .userinfo)
  }

  private mutating func setHostAndPort(_ bytes: ArraySlice<UInt8>) -> Bool {
    let hostEnd = bytes.lastIndex(of: UInt8(ascii: "]")) ?? bytes.startIndex
    let colon = bytes[hostEnd...].firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
    let name = bytes[..<colon]
    if name.isEmpty {
      guard !isSpecial, colon == bytes.endIndex else { return false }
      host = ""
      return true
    }
    guard let parsed = Host.parse(name, isSpecial: isSpecial) else { return false }
    host = parsed
    let digits = bytes[colon...].dropFirst()
    if digits.isEmpty { return true }
    guard digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      let value = UInt16(String(decoding: digits, as: UTF8.self))
    else { return false }
    port = value == Scheme.defaultPort(of: scheme) ? nil : value
    return true
  }

  /// Reads the hierarchy of a `file:` address.
  private mutating func setFile(_ hierarchy: ArraySlice<UInt8>, base: WebURL?) -> Bool {
    let isSlash = { Self.isSlash($0, isSpecial: true) }
    host = base?.host ?? ""
    guard let first = hierarchy.first, isSlash(first) else {
      path = URLPath.resolve(
        hierarchy, onto: URLPath.directory(of: base?.path ?? ""), scheme: scheme)
      return true
    }
    guard let second = hierarchy.dropFirst().first, isSlash(second) else {
      path = URLPath.resolve(hierarchy, onto: [], scheme: scheme)
      return true
    }
    let rest = hierarchy.dropFirst(2)
    let end = rest.firstIndex(where: isSlash) ?? rest.endIndex
    if URLPath.isDriveLetter(rest[..<end]) {
      host = ""
      path = URLPath.resolve(rest, onto: [], scheme: scheme)
      return true
    }
    if end == rest.startIndex {
      host = ""
    } else {
      guard let parsed = Host.parse(rest[..<end], isSpecial: true) else { return false }
      host = parsed == "localhost" ? "" : parsed
    }
    path = URLPath.resolve(rest[end...], onto: [], scheme: scheme)
    return true
  }

  private mutating func setQueryAndFragment(_ parts: Parts) {
    if let query = parts.query {
      self.query = PercentEncoding.encode(query, isSpecial ? .specialQuery : .query)
    }
    if let fragment = parts.fragment {
      self.fragment = PercentEncoding.encode(fragment, .fragment)
    }
  }

  static func isSlash(_ byte: UInt8, isSpecial: Bool) -> Bool {
    byte == UInt8(ascii: "/") || (isSpecial && byte == UInt8(ascii: "\\"))
  }
}

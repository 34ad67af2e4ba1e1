internal import WebAddress

/// An address that was parsed and written is parsed and written to the same again.
enum AddressTarget {
  static func run(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
    let texts = lines.map { String(decoding: $0, as: UTF8.self) }
    let base = texts.first.flatMap { WebURL(parsing: $0) }
    if let base { check(base) }
    guard let base, let reference = texts.dropFirst().first,
      let url = WebURL(parsing: reference, base: base)
    else { return }
    check(url)
  }

  private static func check(_ url: WebURL) {
    let text = url.serialized
    // Percent-encoding may make an address longer than those that are parsed.
    guard text.utf8.count <= WebURL.maximumLength else { return }
    precondition(WebURL(parsing: text)?.serialized == text, "writing and parsing agree: \(text)")
    _ = url.normalized
  }
}

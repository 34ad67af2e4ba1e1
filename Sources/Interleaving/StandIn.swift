/// Addresses that stand in for an image until a script has loaded it.
enum StandIn {
  /// The longest `data:` address of a bitmap, in bytes, that is no image of its own; Mozilla's
  /// Readability draws the line at 133 characters of Base64.
  private static let longestData = 256

  private static let words = ByteNeedles([
    "placeholder", "spacer", "blank.", "transparent.", "1x1.", "pixel.gif", "lazyload",
    "loading.gif",
    "loader.gif", "lazy.", "dummy.", "empty.", "grey.gif", "gray.gif", "clear.gif", "trans.gif",
  ])

  /// Whether an address shows nothing.
  static func isBlank(_ address: String) -> Bool {
    let trimmed = address.drop { $0 == " " }
    let start = trimmed.prefix(20).lowercased()
    if start.hasPrefix("data:") {
      return trimmed.utf8.count <= longestData || start.hasPrefix("data:image/svg")
    }
    return trimmed.isEmpty || trimmed == "#" || start.hasPrefix("about:")
      || start.hasPrefix("javascript:")
  }

  /// Whether an address is known to stand in for another.
  static func isStandIn(_ address: String) -> Bool {
    if isBlank(address) { return true }
    if address.hasPrefix("data:") { return false }
    let path = address.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    // Only the file's own name is looked at: sites keep whole libraries in such directories.
    let file = path[(path.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex)...]
    return words.occur(in: file)
  }
}

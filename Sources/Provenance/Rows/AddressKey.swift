internal import Documents
internal import Hashing
internal import WebAddress

/// The number by which all spellings of an address are found; see `address` in the schema.
enum AddressKey {
  /// The key of a URL.
  static func value(_ url: String) -> Int64 {
    let normal = WebURL(parsing: url)?.normalized ?? url
    let bytes = Digest(of: normal.utf8).bytes.prefix(8)
    return Int64(bitPattern: bytes.reduce(0) { $0 << 8 | UInt64($1) })
  }
}

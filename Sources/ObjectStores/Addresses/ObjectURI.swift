internal import WebAddress

/// Where an object lies: `s3://bucket/key`, or an `https` or `http` address.
///
/// The key of an S3 object is taken as it is written, byte for byte, without percent-decoding. The description
/// holds no secret: the query of a web address, which may be a signature, is left out of it.
public struct ObjectURI: Hashable, Sendable, CustomStringConvertible {
  enum Place: Hashable, Sendable {
    case store(bucket: String, key: String)
    case web(String)
  }

  let place: Place
  /// The address without what may be a secret: what is shown and remembered.
  public let description: String

  /// The longest address, in bytes; keys have at most 1,024.
  static let maximumBytes = 1 << 14

  /// Whether a text is an address of this kind and not a path.
  public static func isURI(_ text: String) -> Bool {
    ["s3://", "https://", "http://"].contains { text.lowercased().hasPrefix($0) }
  }

  /// Reads an address.
  ///
  /// - Throws: ``ObjectStoreError`` `badAddress` where it is none, names no bucket or holds a password.
  public init(_ text: String) throws(ObjectStoreError) {
    guard Self.isURI(text), text.utf8.count <= Self.maximumBytes,
      text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f })
    else { throw Self.bad(text) }
    if text.lowercased().hasPrefix("s3://") {
      let rest = text.dropFirst(5)
      let slash = rest.firstIndex(of: "/") ?? rest.endIndex
      try self.init(bucket: String(rest[..<slash]), key: String(rest[slash...].dropFirst()))
      return
    }
    guard let url = WebURL(parsing: text), let host = url.host, !host.isEmpty else {
      throw Self.bad(text)
    }
    guard url.username.isEmpty && url.password.isEmpty else {
      throw ObjectStoreError(
        .badAddress,
        "an address on \(host) holds a user's name or password, which would be written into the run; "
          + "use a presigned address or a path")
    }
    self.init(web: Self.withoutFragment(url.serialized))
  }

  private init(web url: String) {
    place = .web(url)
    description = Self.withoutQuery(url)
  }

  private init(checkedBucket bucket: String, _ key: String) {
    place = .store(bucket: bucket, key: key)
    description = "s3://\(bucket)/\(key)"
  }

  /// Makes the address of an object of a bucket.
  ///
  /// - Throws: ``ObjectStoreError`` `badAddress` where the bucket's name is none.
  public init(bucket: String, key: String) throws(ObjectStoreError) {
    let isName =
      1...255 ~= bucket.utf8.count
      && bucket.utf8.allSatisfy {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
          || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 || "-._".utf8.contains($0)
      } && !bucket.hasPrefix(".")
    guard isName, key.utf8.count <= 1024 else { throw Self.bad("s3://\(bucket)/\(key)") }
    self.init(checkedBucket: bucket, key)
  }

  /// The bucket; `nil` for a web address.
  public var bucket: String? {
    if case .store(let bucket, _) = place { bucket } else { nil }
  }

  /// The key in the bucket; `nil` for a web address.
  public var key: String? {
    if case .store(_, let key) = place { key } else { nil }
  }

  /// Whether the address holds a query, which its description leaves out.
  public var hasQuery: Bool {
    if case .web(let url) = place { url.contains("?") } else { false }
  }

  /// The object of the same bucket under another key.
  ///
  /// - Precondition: The address is one of a bucket.
  public func with(key: String) throws(ObjectStoreError) -> ObjectURI {
    guard let bucket else { preconditionFailure("a web address has no key") }
    return try ObjectURI(bucket: bucket, key: key)
  }

  private static func withoutFragment(_ url: String) -> String {
    String(url.prefix { $0 != "#" })
  }

  private static func withoutQuery(_ url: String) -> String { String(url.prefix { $0 != "?" }) }

  private static func bad(_ text: String) -> ObjectStoreError {
    let shown = withoutQuery(text).prefix(200)
    return ObjectStoreError(
      .badAddress,
      "'\(shown)' is no address of an object; write s3://bucket/key or https://host/path")
  }
}

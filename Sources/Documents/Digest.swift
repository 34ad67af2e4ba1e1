/// A SHA-256 digest: 32 bytes that name a file or an image by its content.
public struct Digest: Hashable, Sendable {
  /// The number of bytes of a digest.
  public static let byteCount = 32

  /// The digest as 32 bytes.
  public let bytes: [UInt8]

  /// Makes a digest from its 32 bytes; `nil` where there are not exactly 32.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = Array(bytes)
  }

  /// Makes a digest from 64 hexadecimal digits; `nil` where the text is anything else.
  public init?(_ text: some StringProtocol) {
    guard let bytes = Hexadecimal.decode(text) else { return nil }
    self.init(bytes: bytes)
  }
}

extension Digest: CustomStringConvertible {
  /// The digest as 64 lower-case hexadecimal digits.
  public var description: String { Hexadecimal.encode(bytes) }
}

extension Digest: Comparable {
  /// Orders digests by their bytes.
  public static func < (left: Digest, right: Digest) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension Digest: Codable {
  /// Reads the hexadecimal form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let digest = Digest(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not 64 hexadecimal digits")
    }
    self = digest
  }

  /// Writes the hexadecimal form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

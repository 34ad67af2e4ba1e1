/// The identity of a WARC record, and of the document read from it.
///
/// It is the first 16 bytes of the SHA-256 of `weft-record`, a zero byte, the SHA-256 of the archive
/// file, and the record's member and record offsets as little-endian 64-bit integers. It depends on
/// bytes alone, so the same archive gives the same ids on any machine and under any path.
public struct RecordID: Hashable, Sendable {
  /// The number of bytes of an identity.
  public static let byteCount = 16

  /// The identity as 16 bytes.
  public let bytes: [UInt8]

  /// Makes an identity from its 16 bytes; `nil` where there are not exactly 16.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = Array(bytes)
  }

  /// Makes an identity from 32 hexadecimal digits; `nil` where the text is anything else.
  public init?(_ text: some StringProtocol) {
    guard let bytes = Hexadecimal.decode(text) else { return nil }
    self.init(bytes: bytes)
  }
}

/// A document's identity: that of the record it was read from.
public typealias DocumentID = RecordID

extension RecordID: CustomStringConvertible {
  /// The identity as 32 lower-case hexadecimal digits.
  public var description: String { Hexadecimal.encode(bytes) }
}

extension RecordID: Comparable {
  /// Orders identities by their bytes.
  public static func < (left: RecordID, right: RecordID) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension RecordID: Codable {
  /// Reads the hexadecimal form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let identity = RecordID(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not 32 hexadecimal digits")
    }
    self = identity
  }

  /// Writes the hexadecimal form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

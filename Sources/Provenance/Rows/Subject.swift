public import Documents

/// What a decision is about: a record or the document read from it, or an image's bytes.
///
/// In JSON it is the hexadecimal digits of the identity: 32 of a record, 64 of an image.
public enum Subject: Hashable, Sendable {
  /// A record, or the document read from it.
  case record(RecordID)
  /// An image by the SHA-256 of its bytes.
  case image(Digest)
}

extension Subject: CustomStringConvertible {
  /// The identity as lower-case hexadecimal digits.
  public var description: String {
    switch self {
    case .record(let id): id.description
    case .image(let digest): digest.description
    }
  }
}

extension Subject: Codable {
  /// Reads the hexadecimal form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    if let id = RecordID(text) {
      self = .record(id)
    } else if let digest = Digest(text) {
      self = .image(digest)
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not 32 or 64 hexadecimal digits")
    }
  }

  /// Writes the hexadecimal form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// A hash of what an image looks like: 64 bits, few of which differ between images that look alike.
public struct PerceptualHash: Hashable, Sendable {
  /// The bits, the first frequency's in the highest.
  public var bits: UInt64

  /// Makes a hash from its bits.
  public init(bits: UInt64) { self.bits = bits }

  /// Makes a hash from 16 hexadecimal digits; `nil` where the text is anything else.
  public init?(_ text: some StringProtocol) {
    guard let bytes = Hexadecimal.decode(text), bytes.count == 8 else { return nil }
    bits = bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// How many bits differ between two hashes, 0 to 64.
  public func distance(to other: PerceptualHash) -> Int { (bits ^ other.bits).nonzeroBitCount }
}

extension PerceptualHash: CustomStringConvertible {
  /// The hash as 16 lower-case hexadecimal digits, as ImageHash writes it.
  public var description: String {
    Hexadecimal.encode((0..<8).reversed().map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) })
  }
}

extension PerceptualHash: Codable {
  /// Reads the hexadecimal form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let hash = PerceptualHash(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a perceptual hash has 16 hexadecimal digits")
    }
    self = hash
  }

  /// Writes the hexadecimal form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

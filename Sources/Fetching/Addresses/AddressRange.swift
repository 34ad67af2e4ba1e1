/// The addresses that begin with the same bits, as CIDR writes them: `192.0.2.0/24`.
public struct AddressRange: Hashable, Sendable {
  /// The first address.
  public let address: IPAddress
  /// How many leading bits all addresses of the range have in common.
  public let length: Int

  /// Parses an address, a slash and the number of leading bits; `nil` for anything else, such as an
  /// address with bits beyond them.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPAddress(parts[0]), let length = Int(parts[1]),
      0...(address.bytes.count * 8) ~= length
    else { return nil }
    self.address = address
    self.length = length
    for bit in length..<address.bytes.count * 8 {
      let mask: UInt8 = 0x80 >> UInt8(bit % 8)
      if address.bytes[bit / 8] & mask != 0 { return nil }
    }
  }

  /// Whether an address is in the range.
  public func contains(_ other: IPAddress) -> Bool {
    guard other.bytes.count == address.bytes.count else { return false }
    let whole = length / 8
    guard other.bytes.prefix(whole) == address.bytes.prefix(whole) else { return false }
    let rest = length % 8
    return rest == 0 || (other.bytes[whole] ^ address.bytes[whole]) >> (8 - rest) == 0
  }
}

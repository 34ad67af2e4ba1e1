/// Which addresses may be connected to: those of the public Internet, and what is allowed besides.
///
/// A page is written by strangers: an address in it may name this machine, its neighbours, or a
/// cloud's metadata service.
public struct AddressRules: Hashable, Sendable {
  /// Ranges that are allowed although they are special.
  public var allowed: [AddressRange]

  /// Makes rules with exceptions.
  public init(allowed: [AddressRange] = []) { self.allowed = allowed }

  /// Whether an address may be connected to.
  public func allows(_ address: IPAddress) -> Bool {
    if allowed.contains(where: { $0.contains(address) }) { return true }
    // What carries an IPv4 address is judged by it: the packets end there.
    if let embedded = Self.embedded(in: address) { return allows(embedded) }
    if Self.special.contains(where: { $0.contains(address) }) { return false }
    // Only 2000::/3 is given out for the public Internet (IANA, IPv6 Global Unicast Assignments).
    return address.isVersion4 || address.bytes[0] >> 5 == 1
  }

  /// The IPv4 address that an IPv6 address is mapped from or leads to.
  private static func embedded(in address: IPAddress) -> IPAddress? {
    guard !address.isVersion4 else { return nil }
    for (range, offset) in carriers where range.contains(address) {
      return IPAddress(bytes: Array(address.bytes[offset..<offset + 4]))
    }
    return nil
  }

  private static func range(_ text: String) -> AddressRange {
    guard let range = AddressRange(text) else { preconditionFailure("\(text) is no range") }
    return range
  }

  /// Ranges whose addresses hold an IPv4 address, and where: IPv4-mapped, NAT64 and 6to4.
  private static let carriers: [(AddressRange, Int)] = [
    (range("::ffff:0:0/96"), 12), (range("64:ff9b::/96"), 12), (range("2002::/16"), 2),
  ]

  /// The special-purpose address registries of IANA
  /// <https://www.iana.org/assignments/iana-ipv4-special-registry>,
  /// <https://www.iana.org/assignments/iana-ipv6-special-registry>, with multicast.
  private static let special: [AddressRange] = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
    "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
    "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23",
    "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",
    "fec0::/10", "ff00::/8",
  ].map(range)
}

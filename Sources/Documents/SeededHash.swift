/// A portable 64-bit hash of an identity under a seed: the source of every sampling decision.
///
/// Decisions such as "discard half of the documents with one image" must not depend on order,
/// workers or restarts, so they are drawn from the identity and the seed and never from a running
/// random generator. The function is FNV-1a over seed, salt and identity, finished by the mixer of
/// SplitMix64, which spreads FNV's weak high bits (Steele, Lea and Flood, OOPSLA 2014).
public enum SeededHash {
  /// Hashes an identity under a seed; `salt` names the decision so that two decisions about one
  /// identity are independent.
  public static func value(seed: UInt64, salt: String, id: some Collection<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    for shift in stride(from: 0, to: 64, by: 8) { mix(UInt8(truncatingIfNeeded: seed >> shift)) }
    for byte in salt.utf8 { mix(byte) }
    mix(0)
    for byte in id { mix(byte) }
    return finish(hash)
  }

  /// Hashes an identity to a number of the interval from 0 up to, not including, 1.
  public static func unit(seed: UInt64, salt: String, id: some Collection<UInt8>) -> Double {
    Double(value(seed: seed, salt: salt, id: id) >> 11) * 0x1p-53
  }

  /// The output function of SplitMix64.
  public static func finish(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

extension RecordID {
  /// The identity as two words, the first byte the most significant.
  public var words: (high: UInt64, low: UInt64) {
    func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    return (word(bytes[..<8]), word(bytes[8...]))
  }

  /// The identity of two words.
  public init(high: UInt64, low: UInt64) {
    let bytes = [high, low].flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
    }
    guard let id = RecordID(bytes: bytes) else { preconditionFailure("two words are 16 bytes") }
    self = id
  }
}

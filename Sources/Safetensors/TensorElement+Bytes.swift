extension TensorElement {
  /// The little-endian bytes of numbers, one after the other.
  public static func bytes(of numbers: [Self]) -> [UInt8] {
    numbers.withUnsafeBytes { [UInt8]($0) }
  }

  /// The numbers that little-endian bytes hold.
  ///
  /// - Precondition: The bytes are those of whole numbers.
  public static func numbers(in bytes: some Collection<UInt8>) -> [Self] {
    let size = elementType.byteCount
    precondition(bytes.count % size == 0, "the bytes of whole numbers")
    // See TensorView.copy: an empty array is not made from uninitialised memory.
    if bytes.isEmpty { return [] }
    return [Self](unsafeUninitializedCapacity: bytes.count / size) { buffer, count in
      UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
      count = buffer.count
    }
  }
}

extension AtomicFile {
  /// Adds 64-bit words, the least significant byte first.
  public func write(words: [UInt64]) throws(StorageError) {
    let ordered = words.map(\.littleEndian)
    let failure = ordered.withUnsafeBytes { buffer -> StorageError? in
      do throws(StorageError) {
        try write(buffer)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
  }
}

extension MappedFile {
  /// Copies a range of the file as 64-bit words, the least significant byte first.
  ///
  /// - Parameter range: Counted in words from the beginning of the file.
  /// - Precondition: The range lies in the file.
  public func words(_ range: Range<Int>) -> [UInt64] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count / 8, "a range within the file")
    return withBytes { bytes in
      [UInt64](unsafeUninitializedCapacity: range.count) { buffer, initialized in
        let part = UnsafeRawBufferPointer(
          rebasing: bytes[range.lowerBound * 8..<range.upperBound * 8])
        UnsafeMutableRawBufferPointer(buffer).copyMemory(from: part)
        for index in buffer.indices { buffer[index] = UInt64(littleEndian: buffer[index]) }
        initialized = range.count
      }
    }
  }
}

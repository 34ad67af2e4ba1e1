extension CompressionFormat {
  /// Decompresses bytes in memory.
  ///
  /// Concatenated gzip members and Zstandard frames are one run of data, as their formats say;
  /// bytes after the last are ignored.
  ///
  /// - Parameters:
  ///   - input: The compressed bytes.
  ///   - limit: The most bytes that may come out.
  ///   - dictionary: The dictionary of Zstandard frames; other formats ignore it.
  public func decompress(
    _ input: RawSpan, limit: Int, dictionary: ZstdDictionary? = nil
  ) -> Decompressed {
    precondition(limit >= 0 && limit < Int.max, "a limit from 0 bytes up")
    return input.withUnsafeBytes { source in
      wholeMember(source, limit: limit)
        ?? members(source, limit: limit, StreamDecompressor(self, dictionary: dictionary))
    }
  }

  /// Decompresses bytes in memory.
  public func decompress(_ input: [UInt8], limit: Int) -> Decompressed {
    decompress(input.span.bytes, limit: limit)
  }

  /// Decompresses by libdeflate; `nil` where that does not apply or does not work out.
  private func wholeMember(_ input: UnsafeRawBufferPointer, limit: Int) -> Decompressed? {
    guard self == .gzip || self == .zlib || self == .deflate, limit > 0 else { return nil }
    let decompressor = MemberDecompressor()
    var capacity = min(limit, firstGuess(input))
    while true {
      var outcome = MemberDecompressor.Outcome.damaged
      let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        (outcome, count) = decompressor.decompress(
          input, as: self, into: UnsafeMutableRawBufferPointer(buffer))
      }
      switch outcome {
      case .ended(let consumed):
        if beginsMember(input[consumed...]) { return nil }
        return Decompressed(bytes: bytes, consumed: consumed, ending: .complete)
      case .tooLarge where capacity < limit: capacity = min(limit, capacity * 4)
      case .tooLarge, .damaged: return nil
      }
    }
  }

  /// A guess at the decompressed size: what gzip's last four bytes say, or four times the input.
  private func firstGuess(_ input: UnsafeRawBufferPointer) -> Int {
    let usual = max(input.count, 64) * 4
    guard self == .gzip, input.count >= 18 else { return usual }
    let said = Int(
      UInt32(littleEndian: input.loadUnaligned(fromByteOffset: input.count - 4, as: UInt32.self)))
    let isPossible = said > 0 && said / Self.deflateGreatestExpansion <= input.count
    return isPossible ? said : usual
  }

  private func beginsMember(_ rest: Slice<UnsafeRawBufferPointer>) -> Bool {
    switch self {
    case .gzip: rest.starts(with: [0x1f, 0x8b, 0x08])
    // A frame, or a skippable frame of any of the sixteen kinds (RFC 8878, §3.1).
    case .zstd:
      rest.starts(with: [0x28, 0xb5, 0x2f, 0xfd])
        || rest.count >= 4 && rest.first.map { $0 & 0xf0 == 0x50 } == true
          && rest.dropFirst().starts(with: [0x2a, 0x4d, 0x18])
    case .zlib, .deflate, .brotli: false
    }
  }

  private func members(
    _ input: UnsafeRawBufferPointer, limit: Int, _ decompressor: StreamDecompressor
  ) -> Decompressed {
    var result = Decompressed(bytes: [], consumed: 0, ending: .truncated)
    // One byte more than the limit tells data of exactly the limit from data beyond it.
    let chunkSize = min(1 << 16, limit + 1)
    withUnsafeTemporaryAllocation(byteCount: chunkSize, alignment: 1) { chunk in
      while true {
        let room = min(chunkSize, limit + 1 - result.bytes.count)
        let progress = decompressor.decompress(
          UnsafeRawBufferPointer(rebasing: input[result.consumed...]),
          into: UnsafeMutableRawBufferPointer(rebasing: chunk[..<room]))
        result.consumed += progress.consumed
        result.bytes.append(contentsOf: chunk[..<progress.produced])
        if result.bytes.count > limit {
          result.bytes.removeLast()
          result.ending = .limitReached
          return
        }
        switch progress.status {
        case .needsRoom: continue
        case .needsInput: return
        case .damaged(let message):
          result.ending = .damaged(message)
          return
        case .ended:
          guard beginsMember(input[result.consumed...]) else {
            result.ending = .complete
            return
          }
          decompressor.reset()
        }
      }
    }
    return result
  }
}

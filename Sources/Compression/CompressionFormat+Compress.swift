internal import CBrotli
internal import CDeflate

extension CompressionFormat {
  /// Compresses bytes in memory at the format's usual level; the same bytes give the same result.
  public func compress(_ input: RawSpan) -> [UInt8] {
    switch self {
    case .gzip: deflate(input, libdeflate_gzip_compress, libdeflate_gzip_compress_bound)
    case .zlib: deflate(input, libdeflate_zlib_compress, libdeflate_zlib_compress_bound)
    case .deflate: deflate(input, libdeflate_deflate_compress, libdeflate_deflate_compress_bound)
    case .zstd: ZstdCompressor.compress(input)
    case .brotli: brotli(input)
    }
  }

  /// Compresses bytes in memory at the format's usual level; the same bytes give the same result.
  public func compress(_ input: [UInt8]) -> [UInt8] { compress(input.span.bytes) }

  private typealias DeflateFunction = (
    OpaquePointer, UnsafeRawPointer, Int, UnsafeMutableRawPointer, Int
  ) -> Int

  private func deflate(
    _ input: RawSpan, _ function: DeflateFunction, _ bound: (OpaquePointer?, Int) -> Int
  ) -> [UInt8] {
    // gzip's own default, the usual balance of speed and size.
    guard let compressor = libdeflate_alloc_compressor(6) else {
      fatalError("libdeflate cannot make a compressor")
    }
    defer { libdeflate_free_compressor(compressor) }
    let capacity = bound(compressor, input.byteCount)
    return input.withUnsafeBytes { source in
      [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        guard let target = buffer.baseAddress else { return }
        // libdeflate wants a pointer even to no bytes; it then reads nothing through it.
        let start = source.baseAddress ?? UnsafeRawPointer(target)
        count = function(compressor, start, source.count, target, capacity)
        precondition(count > 0, "the bound leaves room for any result")
      }
    }
  }

  private func brotli(_ input: RawSpan) -> [UInt8] {
    // Level 5 of 11 is what web servers use for pages made on request.
    let level: Int32 = 5
    let capacity = BrotliEncoderMaxCompressedSize(input.byteCount)
    return input.withUnsafeBytes { source in
      [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        var written = capacity
        let result = BrotliEncoderCompress(
          level, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_GENERIC, source.count,
          source.baseAddress?.assumingMemoryBound(to: UInt8.self), &written, buffer.baseAddress)
        precondition(result == BROTLI_TRUE, "the bound leaves room for any result")
        count = written
      }
    }
  }
}

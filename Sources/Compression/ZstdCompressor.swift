internal import CZstd

/// A Zstandard compressor that takes data piece by piece and makes one frame with a checksum.
///
/// It runs on one thread, so the same pieces give the same bytes with the same libzstd and level.
public struct ZstdCompressor: ~Copyable {
  /// The levels libzstd knows, from the fastest to the smallest.
  public static let levels = Int(ZSTD_minCLevel())...Int(ZSTD_maxCLevel())

  /// The level where none is asked for; it is libzstd's own default.
  public static let defaultLevel = Int(ZSTD_CLEVEL_DEFAULT)

  private let context: OpaquePointer

  /// Begins a frame.
  ///
  /// - Precondition: The level is one of ``levels``.
  public init(level: Int = ZstdCompressor.defaultLevel) {
    precondition(Self.levels.contains(level), "a Zstandard level lies in \(Self.levels)")
    guard let context = ZSTD_createCCtx() else { fatalError("libzstd cannot make a context") }
    self.context = context
    Self.set(context, ZSTD_c_compressionLevel, Int32(level))
    Self.set(context, ZSTD_c_checksumFlag, 1)
  }

  deinit { ZSTD_freeCCtx(context) }

  /// Compresses bytes, adding what comes out to `output`.
  public mutating func compress(_ bytes: RawSpan, into output: inout [UInt8]) {
    bytes.withUnsafeBytes { run($0, ZSTD_e_continue, into: &output) }
  }

  /// Compresses bytes of an array.
  public mutating func compress(_ bytes: [UInt8], into output: inout [UInt8]) {
    compress(bytes.span.bytes, into: &output)
  }

  /// Ends the frame, adding its rest to `output`; more bytes then begin another frame.
  public mutating func finish(into output: inout [UInt8]) {
    run(UnsafeRawBufferPointer(start: nil, count: 0), ZSTD_e_end, into: &output)
  }

  /// Compresses bytes in memory to one frame that states their number.
  public static func compress(
    _ bytes: RawSpan, level: Int = ZstdCompressor.defaultLevel
  ) -> [UInt8] {
    let compressor = ZstdCompressor(level: level)
    return bytes.withUnsafeBytes { source in
      let bound = ZSTD_compressBound(source.count)
      return [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
        count = ZSTD_compress2(
          compressor.context, buffer.baseAddress, bound, source.baseAddress, source.count)
        precondition(ZSTD_isError(count) == 0, "the bound leaves room for any result")
      }
    }
  }

  private static func set(_ context: OpaquePointer, _ parameter: ZSTD_cParameter, _ value: Int32) {
    let result = ZSTD_CCtx_setParameter(context, parameter, value)
    precondition(ZSTD_isError(result) == 0, "libzstd accepts its own range of values")
  }

  private func run(
    _ bytes: UnsafeRawBufferPointer, _ directive: ZSTD_EndDirective, into output: inout [UInt8]
  ) {
    var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    let chunkSize = ZSTD_CStreamOutSize()
    withUnsafeTemporaryAllocation(byteCount: chunkSize, alignment: 1) { chunk in
      var isDone = false
      while !isDone {
        var target = ZSTD_outBuffer(dst: chunk.baseAddress, size: chunkSize, pos: 0)
        let remaining = ZSTD_compressStream2(context, &target, &source, directive)
        // Compression fails only for want of memory.
        if ZSTD_isError(remaining) != 0 {
          fatalError("libzstd: \(String(cString: ZSTD_getErrorName(remaining)))")
        }
        output.append(contentsOf: chunk[..<target.pos])
        isDone = directive == ZSTD_e_end ? remaining == 0 : source.pos == source.size
      }
    }
  }
}

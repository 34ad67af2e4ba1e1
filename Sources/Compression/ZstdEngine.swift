internal import CZstd

/// Streaming Zstandard by libzstd.
final class ZstdEngine: DecompressionEngine {
  private let context: OpaquePointer
  // libzstd borrows the dictionary.
  private let dictionary: ZstdDictionary?

  init(dictionary: ZstdDictionary?) {
    self.dictionary = dictionary
    guard let context = ZSTD_createDCtx() else { fatalError("libzstd cannot make a context") }
    self.context = context
    let window = Int32(StreamDecompressor.maximumZstdWindowLog)
    let set = ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, window)
    precondition(ZSTD_isError(set) == 0, "libzstd accepts a window of 2^27 bytes")
    if let dictionary {
      let referred = ZSTD_DCtx_refDDict(context, dictionary.handle)
      precondition(ZSTD_isError(referred) == 0, "a new context accepts any dictionary")
    }
  }

  deinit { ZSTD_freeDCtx(context) }

  func reset() { ZSTD_DCtx_reset(context, ZSTD_reset_session_only) }

  func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> EngineStep {
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let result = ZSTD_decompressStream(context, &target, &source)
    let state: EngineStep.State =
      if ZSTD_isError(result) != 0 {
        .damaged(String(cString: ZSTD_getErrorName(result)))
      } else if result == 0 {
        .ended
      } else {
        .goesOn
      }
    return EngineStep(consumed: source.pos, produced: target.pos, state: state)
  }
}

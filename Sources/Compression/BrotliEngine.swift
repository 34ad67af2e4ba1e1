internal import CBrotli

/// Streaming Brotli by libbrotlidec.
final class BrotliEngine: DecompressionEngine {
  private var decoder: OpaquePointer

  init() { decoder = Self.make() }

  deinit { BrotliDecoderDestroyInstance(decoder) }

  func reset() {
    BrotliDecoderDestroyInstance(decoder)
    decoder = Self.make()
  }

  private static func make() -> OpaquePointer {
    guard let decoder = BrotliDecoderCreateInstance(nil, nil, nil) else {
      fatalError("libbrotlidec cannot make a decoder")
    }
    return decoder
  }

  func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> EngineStep {
    var given = input.count
    var source = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    var room = output.count
    var target = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let result = BrotliDecoderDecompressStream(decoder, &given, &source, &room, &target, nil)
    return EngineStep(
      consumed: input.count - given, produced: output.count - room, state: state(after: result))
  }

  private func state(after result: BrotliDecoderResult) -> EngineStep.State {
    switch result {
    case BROTLI_DECODER_RESULT_SUCCESS: .ended
    case BROTLI_DECODER_RESULT_ERROR:
      .damaged(String(cString: BrotliDecoderErrorString(BrotliDecoderGetErrorCode(decoder))))
    default: .goesOn
    }
  }
}

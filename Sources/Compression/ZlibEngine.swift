internal import CZlib

/// Streaming DEFLATE by zlib.
final class ZlibEngine: DecompressionEngine {
  /// The base-two logarithm of DEFLATE's largest history.
  static let largestWindow = MAX_WBITS

  // zlib keeps a pointer to the stream and refuses one that has moved.
  private let stream: UnsafeMutablePointer<z_stream>

  /// - Parameter windowBits: zlib's encoding of wrapper and history, see `inflateInit2`.
  init(windowBits: Int32) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // Only a lack of memory or a wrong parameter can fail here.
    guard CZlib_inflateInit2(stream, windowBits) == Z_OK else {
      fatalError("zlib cannot begin to inflate")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func reset() { inflateReset(stream) }

  func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> EngineStep {
    // zlib counts in 32 bits, and refuses an absent output even where it would write nothing.
    let given = min(input.count, Int(UInt32.max))
    let room = min(output.count, Int(UInt32.max))
    guard let start = output.baseAddress, room > 0 else {
      return EngineStep(consumed: 0, produced: 0, state: .goesOn)
    }
    // zlib never writes through next_in; its C type only lacks the const.
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(given)
    stream.pointee.next_out = start.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room)
    let result = inflate(stream, Z_NO_FLUSH)
    return EngineStep(
      consumed: given - Int(stream.pointee.avail_in),
      produced: room - Int(stream.pointee.avail_out), state: state(after: result))
  }

  private func state(after result: Int32) -> EngineStep.State {
    switch result {
    case Z_OK, Z_BUF_ERROR: .goesOn
    case Z_STREAM_END: .ended
    case Z_NEED_DICT: .damaged("a preset dictionary is needed")
    default: .damaged(stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(result)")
    }
  }
}

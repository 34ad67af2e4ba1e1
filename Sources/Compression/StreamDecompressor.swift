/// A decompressor that takes one compressed member piece by piece and gives its bytes piece by
/// piece.
///
/// A member is a gzip member, a zlib or raw DEFLATE stream, a Zstandard frame or a Brotli stream.
/// Its checksum is verified where the format has one. Memory is bounded whatever the input: DEFLATE
/// needs 32 KiB of history, Brotli 16 MiB, and a Zstandard frame that asks for more than
/// ``maximumZstdWindowLog`` is refused.
public final class StreamDecompressor {
  /// The largest history a Zstandard frame may ask for, as a power of two: 128 MiB.
  ///
  /// That is what the `zstd` command accepts without `--long`, and the most that it writes at any
  /// level.
  public static let maximumZstdWindowLog = 27

  /// How a call ended.
  public enum Status: Hashable, Sendable {
    /// All input is used up, and the member goes on.
    case needsInput
    /// The output is full, and the member may have more.
    case needsRoom
    /// The member ended, and its checksum is right.
    case ended
    /// The bytes are damaged or not of this format; the text is the library's own.
    case damaged(String)
  }

  /// What a call did.
  public struct Progress: Hashable, Sendable {
    /// How many bytes of the input were used.
    public var consumed: Int
    /// How many bytes were written.
    public var produced: Int
    /// How the call ended.
    public var status: Status
  }

  /// The format that is read.
  public let format: CompressionFormat
  private let engine: any DecompressionEngine

  /// Makes a decompressor at the beginning of a member.
  ///
  /// - Parameter dictionary: The dictionary of Zstandard frames; other formats ignore it.
  public init(_ format: CompressionFormat, dictionary: ZstdDictionary? = nil) {
    self.format = format
    engine =
      switch format {
      case .gzip: ZlibEngine(windowBits: ZlibEngine.largestWindow + 16)
      case .zlib: ZlibEngine(windowBits: ZlibEngine.largestWindow)
      case .deflate: ZlibEngine(windowBits: -ZlibEngine.largestWindow)
      case .zstd: ZstdEngine(dictionary: dictionary)
      case .brotli: BrotliEngine()
      }
  }

  /// Goes back to the beginning of a member, keeping memory for reuse.
  public func reset() { engine.reset() }

  /// Decompresses until the input is used up, the buffer is full, or the member ends.
  ///
  /// After ``Status/ended`` or ``Status/damaged(_:)``, call ``reset()`` before going on. Of a
  /// damaged Zstandard frame the bytes that one call would have given are lost.
  ///
  /// - Parameter maximum: The most bytes to write; with fewer than the buffer has room for,
  ///   reaching them counts as ``Status/needsRoom``.
  public func decompress(
    _ input: RawSpan, into buffer: inout ByteBuffer, atMost maximum: Int = .max
  ) -> Progress {
    precondition(maximum > 0, "a call may write at least one byte")
    var progress = Progress(consumed: 0, produced: 0, status: .needsInput)
    input.withUnsafeBytes { source in
      buffer.write { output in
        progress = decompress(
          source, into: UnsafeMutableRawBufferPointer(rebasing: output.prefix(maximum)))
        return progress.produced
      }
    }
    return progress
  }

  func decompress(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Progress {
    var total = Progress(consumed: 0, produced: 0, status: .needsInput)
    while true {
      let step = engine.step(
        UnsafeRawBufferPointer(rebasing: input[total.consumed...]),
        into: UnsafeMutableRawBufferPointer(rebasing: output[total.produced...]))
      total.consumed += step.consumed
      total.produced += step.produced
      switch step.state {
      case .ended: total.status = .ended
      case .damaged(let message): total.status = .damaged(message)
      case .goesOn:
        if total.produced == output.count {
          total.status = .needsRoom
        } else if step.consumed > 0 || step.produced > 0 {
          continue
        }
      }
      return total
    }
  }
}

/// What stands behind ``StreamDecompressor``: one library's streaming interface.
protocol DecompressionEngine: AnyObject {
  /// Uses some input and writes some output; no progress means that more of one of them is needed.
  func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> EngineStep
  /// Goes back to the beginning of a member.
  func reset()
}

/// What one call of a library did.
struct EngineStep {
  enum State {
    case goesOn, ended
    case damaged(String)
  }

  var consumed: Int
  var produced: Int
  var state: State
}

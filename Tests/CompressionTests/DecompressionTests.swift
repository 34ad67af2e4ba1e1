import Compression
import Testing

@Suite struct DecompressionTests {
  /// Bytes that compress about fourfold, none of them alike over 32 KiB.
  static func text(_ count: Int) -> [UInt8] {
    var state: UInt64 = 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(ascii: "a") + UInt8(state >> 62)
    }
  }

  @Test(arguments: CompressionFormat.allCases, [0, 1, 100, 70_000, 300_000])
  func roundTrip(format: CompressionFormat, count: Int) {
    let text = Self.text(count)
    let compressed = format.compress(text)
    let result = format.decompress(compressed + [1, 2, 3], limit: count)
    #expect(result == Decompressed(bytes: text, consumed: compressed.count, ending: .complete))
    #expect(format.compress(text) == compressed)
  }

  @Test(arguments: CompressionFormat.allCases) func everyTruncationIsTold(format: CompressionFormat)
  {
    let text = Self.text(2000)
    let compressed = format.compress(text)
    for length in 0..<compressed.count {
      let result = format.decompress(Array(compressed[..<length]), limit: 10_000)
      #expect(result.ending == .truncated, "\(length)")
      #expect(text.starts(with: result.bytes), "\(length)")
    }
  }

  @Test(arguments: CompressionFormat.allCases) func outputIsBounded(format: CompressionFormat) {
    let compressed = format.compress([UInt8](repeating: 0, count: 200_000))
    for limit in [0, 1, 65_535, 65_536, 199_999] {
      let result = format.decompress(compressed, limit: limit)
      #expect(result.ending == .limitReached && result.bytes.count == limit)
    }
    #expect(format.decompress(compressed, limit: 200_000).ending == .complete)
  }

  @Test(arguments: [CompressionFormat.gzip, .zlib, .zstd])
  func everyFlippedBitIsNoticedOrHarmless(format: CompressionFormat) {
    let text = Self.text(500)
    let compressed = format.compress(text)
    for position in compressed.indices {
      var damaged = compressed
      damaged[position] ^= 0x20
      let result = format.decompress(damaged, limit: 10_000)
      #expect(result.ending != .complete || result.bytes == text, "\(position)")
    }
  }

  @Test(arguments: CompressionFormat.allCases) func otherBytesAreDamage(format: CompressionFormat) {
    let result = format.decompress(Array("<!DOCTYPE html><html>\u{1}\u{2}".utf8), limit: 10_000)
    guard case .damaged(let message) = result.ending else {
      Issue.record("\(result)")
      return
    }
    #expect(!message.isEmpty)
  }

  @Test(arguments: [CompressionFormat.gzip, .zstd])
  func concatenatedMembersAreOneRunOfData(format: CompressionFormat) {
    let parts = [Self.text(10), [], Self.text(100_000)]
    let compressed = parts.map { format.compress($0) }.flatMap { $0 }
    let result = format.decompress(compressed + [9], limit: 1_000_000)
    #expect(result.bytes == parts.flatMap { $0 } && result.ending == .complete)
    #expect(result.consumed == compressed.count)
  }

  @Test(arguments: CompressionFormat.allCases, [1, 3, 1000])
  func piecesOfAnySizeGiveTheSame(format: CompressionFormat, size: Int) {
    let text = Self.text(3000)
    let compressed = format.compress(text)
    let decompressor = StreamDecompressor(format)
    for _ in 0..<2 {
      var output: [UInt8] = []
      var buffer = ByteBuffer(capacity: size)
      var start = 0
      var status = StreamDecompressor.Status.needsInput
      while status == .needsRoom || status == .needsInput && start < compressed.count {
        let piece = compressed.span.bytes.extracting(
          start..<min(start + size, compressed.count))
        let progress = decompressor.decompress(piece, into: &buffer)
        start += progress.consumed
        status = progress.status
        buffer.copy(0..<buffer.count, to: &output)
        buffer.removeAll()
      }
      #expect(status == .ended && output == text && start == compressed.count)
      decompressor.reset()
    }
  }

  @Test func windowBeyondTheBoundIsRefused() {
    // A frame header with a window of 2^31 bytes (RFC 8878, §3.1.1.1.2).
    let frame: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 21 << 3, 0x01, 0x00, 0x00]
    let result = CompressionFormat.zstd.decompress(frame, limit: 10)
    guard case .damaged = result.ending else {
      Issue.record("\(result)")
      return
    }
  }

  @Test func wholeMembersAreDecompressedBehindWhatIsThere() {
    let member = CompressionFormat.gzip.compress(Self.text(100))
    let decompressor = MemberDecompressor()
    var buffer = ByteBuffer(capacity: 150)
    let input = member + member
    #expect(
      decompressor.decompress(input.span.bytes, into: &buffer) == .ended(consumed: member.count))
    #expect(buffer.copy(0..<buffer.count) == Self.text(100))
    #expect(decompressor.decompress(input.span.bytes, into: &buffer) == .tooLarge)
    #expect(buffer.count == 100)
    buffer.removeAll()
    let cut = Array(member.dropLast())
    #expect(decompressor.decompress(cut.span.bytes, into: &buffer) == .damaged)
    #expect(decompressor.decompress([UInt8]().span.bytes, into: &buffer) == .damaged)
  }

  @Test(arguments: [-5, 1, 19]) func zstandardPiecesMakeOneFrame(level: Int) {
    let text = Self.text(500_000)
    var compressor = ZstdCompressor(level: level)
    var output: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: 77_777) {
      let piece = Array(text[start..<min(start + 77_777, text.count)])
      compressor.compress(piece.span.bytes, into: &output)
    }
    compressor.finish(into: &output)
    #expect(CompressionFormat.zstd.decompress(output, limit: 500_000).bytes == text)
    #expect(ZstdCompressor.compress(text.span.bytes, level: level).count < text.count)
  }
}

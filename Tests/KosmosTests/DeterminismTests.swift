import Foundation
import Kosmos
import Tensors
import TestSupport
import Testing

/// Features are the same bytes however many workers compute them side by side.
struct DeterminismTests {
  /// The frozen prefix of a few batches, computed on the calling thread.
  private static func prefix(of path: String, batches: Int) throws -> [[UInt8]] {
    setThreads(1)
    let encoder = try CLIPVisionEncoder.load(CLIPWeights(path: path))
    return withoutGradients {
      (0..<batches).map { batch in
        let pixels = Generator(seed: UInt64(batch)).normal([4, 3, 224, 224])
        return encoder.frozenPrefix(pixels).bytes()
      }
    }
  }

  @Test func twoThreadsAtOnceGiveTheBytesOfOne() async throws {
    let folder = TemporaryDirectory()
    let path = folder.path + "/w.safetensors"
    try CLIPVisionEncoder.writeRandom(.small, seed: 1, to: path)
    let alone = try await onThread { try Self.prefix(of: path, batches: 3) }
    async let first = onThread { try Self.prefix(of: path, batches: 3) }
    async let second = onThread { try Self.prefix(of: path, batches: 3) }
    #expect(try await first == alone)
    #expect(try await second == alone)
  }

  /// Runs a function on a thread of its own, as a worker of a stage would.
  private func onThread<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      Thread { continuation.resume(with: Swift.Result(catching: body)) }.start()
    }
  }
}

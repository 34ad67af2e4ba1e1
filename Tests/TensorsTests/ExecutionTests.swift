import Foundation
import Tensors
import Testing

/// Each thread has its own number of threads.
struct ExecutionTests {
  @Test func theNumberOfThreadsIsTheCallersOwn() async {
    func onThread(_ body: @escaping @Sendable () -> Int) async -> Int {
      await withCheckedContinuation { continuation in
        Thread { continuation.resume(returning: body()) }.start()
      }
    }
    let gate = DispatchSemaphore(value: 0)
    async let first = onThread {
      setThreads(1)
      gate.wait()
      return threads()
    }
    async let second = onThread {
      setThreads(2)
      gate.signal()
      return threads()
    }
    #expect(await first == 1)
    #expect(await second == 2)
  }

  @Test func productsAreTheSameBytesBesideEachOther() async {
    @Sendable func product() -> [UInt8] {
      setThreads(1)
      let x = Generator(seed: 1).normal([256, 256])
      return x.matmul(x).layerNorm(weight: nil, bias: nil).softmax().bytes()
    }
    let alone = product()
    await withTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<4 { group.addTask { product() } }
      for await result in group { #expect(result == alone) }
    }
  }
}

import CTorch
import Tensors
import Testing

/// Mistakes end the process with a sentence, and at the C boundary they are statuses.
struct MistakeTests {
  /// What a mistake wrote before it ended the process.
  private func sentence(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  @Test func shapesThatDoNotFitAreNamed() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.zeros([2, 3]).matmul(.zeros([4, 5])) }
    #expect(sentence(result).contains("matmul of float32[2, 3] and float32[4, 5]: "))
  }

  @Test func aShapeThatDoesNotHoldTheNumbersIsNamed() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor([1, 2, 3] as [Float], shape: [2, 2]) }
    #expect(sentence(result).contains("a float32 tensor of shape [2, 2] has not 12 bytes"))
  }

  @Test func anIndexOutsideItsTableIsNamed() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.zeros([3, 2]).embedding(of: Tensor([3] as [Int64])) }
    #expect(sentence(result).contains("embedding of float32[3, 2] and int64[1]: "))
  }

  @Test func listsOfDifferentLengthsAreNamed() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [Tensor.zeros([1])].add([]) }
    #expect(sentence(result).contains("lists of 1 and 0 tensors do not pair"))
  }

  @Test func exceptionsStopAtTheBoundary() {
    func make(_ sizes: [Int64]) -> OpaquePointer? {
      var result: OpaquePointer?
      let status = sizes.withUnsafeBufferPointer {
        CTorch_full(
          0, CTorch_float32, CTorch_Shape(sizes: $0.baseAddress, rank: $0.count),
          CTorch_Device(kind: CTorch_cpu, index: 0), &result)
      }
      #expect((status == CTorch_ok) == (result != nil))
      return result
    }
    // Negative sizes, and more memory than an address can name.
    #expect(make([-1]) == nil)
    #expect(String(cString: CTorch_lastMessage()).contains("negative"))
    #expect(make([1 << 40, 1 << 40]) == nil)
    #expect(!String(cString: CTorch_lastMessage()).isEmpty)
    guard let left = make([2, 3]), let right = make([4]) else { return }
    defer { [left, right].forEach(CTorch_tensorFree) }
    var result: OpaquePointer?
    #expect(CTorch_matmul(left, right, &result) == CTorch_failed)
    #expect(CTorch_backward(left, nil) == CTorch_failed)
    #expect(CTorch_setThreads(0) == CTorch_failed)
    #expect(result == nil)
    // A failure leaves the thread able to go on.
    #expect(CTorch_unary(CTorch_negate, left, &result) == CTorch_ok)
    result.map(CTorch_tensorFree)
  }
}

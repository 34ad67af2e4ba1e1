import CTorch
import Tensors
import Testing

/// Attention takes the kernel that holds no weights of all pairs, and no mask of them.
struct AttentionKernelTests {
  @Test(arguments: [ScalarType.float32, .bfloat16], [false, true])
  func causalAttentionIsFused(type: ScalarType, causal: Bool) throws {
    var heads: [OpaquePointer] = []
    defer { for head in heads { CTorch_tensorFree(head) } }
    let code = type == .float32 ? CTorch_float32 : CTorch_bfloat16
    for _ in 0..<3 {
      // As the decoder has them: [B, T, H, D] seen as [B, H, T, D], recorded for gradients.
      let sizes: [Int64] = [2, 96, 4, 16]
      var tensor: OpaquePointer?
      var head: OpaquePointer?
      let place = CTorch_Device(kind: CTorch_cpu, index: 0)
      let made = sizes.withUnsafeBufferPointer {
        CTorch_full(
          0.5, code, CTorch_Shape(sizes: $0.baseAddress, rank: $0.count), place, &tensor)
      }
      #expect(made == CTorch_ok)
      let whole = try #require(tensor)
      defer { CTorch_tensorFree(whole) }
      #expect(CTorch_setRequiresGradient(whole, true) == CTorch_ok)
      #expect(CTorch_transpose(whole, 1, 2, &head) == CTorch_ok)
      heads.append(try #require(head))
    }
    var isFused = false
    #expect(CTorch_attentionIsFused(heads[0], heads[1], heads[2], causal, &isFused) == CTorch_ok)
    #expect(isFused)
  }
}

internal import Tensors

/// Gradients in a few long rows, which go over the network faster than many short tensors.
struct GradientBuckets {
  /// The bytes of a bucket, about: PyTorch's (Li et al., "PyTorch Distributed", VLDB 2020, §5.3).
  static let byteCount = 25 << 20

  private let buckets: [[Tensor]]

  /// Divides gradients into buckets, in their order.
  init(_ gradients: [Tensor], byteCount: Int = GradientBuckets.byteCount) {
    var buckets: [[Tensor]] = []
    var room = 0
    for gradient in gradients {
      let size = gradient.elementCount * 4
      if buckets.isEmpty || size > room {
        buckets.append([])
        room = byteCount
      }
      buckets[buckets.count - 1].append(gradient)
      room -= size
    }
    self.buckets = buckets
  }

  /// Replaces the gradients by their sums over all processes.
  ///
  /// While a bucket travels, the next is filled. Sums are made on the CPU, in `float32`.
  func sum(over ranks: RankGroup) throws(TrainingError) {
    var travelling: [(row: Tensor, sum: ProcessSum)] = []
    for bucket in buckets {
      let row = withoutGradients {
        Tensor.concatenated(bucket.map { $0.reshaped([$0.elementCount]) }, along: 0)
          .converted(to: .float32).moved(to: .cpu)
      }
      travelling.append((row, try ranks.begin(row)))
    }
    for (bucket, (row, sum)) in zip(buckets, travelling) {
      try ranks.finish(sum)
      withoutGradients { Self.divide(row, among: bucket) }
    }
  }

  private static func divide(_ row: Tensor, among bucket: [Tensor]) {
    var start = 0
    let parts = bucket.map { gradient in
      defer { start += gradient.elementCount }
      return row.slice(start..<start + gradient.elementCount, of: 0)
        .reshaped(gradient.shape).moved(to: gradient.device)
    }
    bucket.assign(parts)
  }
}

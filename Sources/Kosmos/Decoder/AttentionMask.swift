internal import Tensors

/// Which keys a decoder's queries may look at.
enum AttentionMask {
  /// Query t of as many keys looks at keys up to t.
  case causal
  /// Every query looks at every key.
  case none
  /// bool, broadcast to [B, H, T, S]: true where a query may look.
  case explicit(Tensor)

  /// The mask of new queries that follow `past` keys, causal.
  static func following(past: Int, count: Int, device: Device) -> AttentionMask {
    if past == 0 { return .causal }
    if count == 1 { return .none }
    let all = Tensor.ones([count, past + count], type: .bool, device: device)
    return .explicit(all.lowerTriangle(diagonal: past))
  }

  /// Block-wise causal attention (Sun and others 2022, §3.3): a query looks at keys of its own block and the
  /// one before, up to itself.
  static func blockwise(count: Int, block: Int, device: Device) -> AttentionMask {
    let blocks = Tensor((0..<count).map { Int64($0 / block) }).moved(to: device)
    let distance = blocks.insertingDimension(1) - blocks.insertingDimension(0)
    let causal = Tensor.ones([count, count], type: .bool, device: device).lowerTriangle()
    return .explicit(distance.atMost(1).and(causal))
  }

  /// The mask of queries that look at keys of their own document only.
  ///
  /// - Parameter documents: int64 [B, T], the number of each token's document in its sequence.
  func within(_ documents: Tensor) -> AttentionMask {
    let query = documents.insertingDimension(1).insertingDimension(3)
    let key = documents.insertingDimension(1).insertingDimension(2)
    return .explicit(query.equal(to: key).and(square(documents.shape[1], on: documents.device)))
  }

  /// The mask without padded keys; a padded query still looks at itself, so that no softmax is empty.
  ///
  /// - Parameter padding: bool [B, T], true where a token is padding.
  func excluding(_ padding: Tensor) -> AttentionMask {
    let count = padding.shape[1]
    let allowed = square(count, on: padding.device)
    let all = Tensor.ones([count, count], type: .bool, device: padding.device)
    let diagonal = all.lowerTriangle().and(all.lowerTriangle(diagonal: -1).not())
    let keys = padding.not().insertingDimension(1).insertingDimension(1)
    return .explicit(allowed.and(keys.or(diagonal)))
  }

  /// The mask as a tensor, where there are as many keys as queries.
  private func square(_ count: Int, on device: Device) -> Tensor {
    if case .explicit(let mask) = self { return mask }
    let all = Tensor.ones([count, count], type: .bool, device: device)
    return if case .causal = self { all.lowerTriangle() } else { all }
  }

  /// softmax(scale · query · keyᵀ) · value under the mask; all [B, H, T or S, h].
  ///
  /// - Parameter dropout: Applied to the attention weights, where fused kernels have none.
  func attend(
    _ query_BHTD: Tensor, _ key_BHSD: Tensor, _ value_BHSD: Tensor, dropout: Dropout
  ) -> Tensor {
    guard dropout.isActive else {
      switch self {
      case .causal: return query_BHTD.attention(key: key_BHSD, value: value_BHSD, isCausal: true)
      case .none: return query_BHTD.attention(key: key_BHSD, value: value_BHSD)
      case .explicit(let mask):
        return query_BHTD.attention(key: key_BHSD, value: value_BHSD, mask: mask)
      }
    }
    let scale = 1 / Double(query_BHTD.shape[-1]).squareRoot()
    let scores_BHTS = hiding((query_BHTD * scale).matmul(key_BHSD.transposed()))
    // In `float32` also where the products are narrower, as in torchscale and in the fused kernels.
    return dropout(scores_BHTS.converted(to: .float32).softmax()).matmul(value_BHSD)
  }

  private func hiding(_ scores_BHTS: Tensor) -> Tensor {
    switch self {
    case .none: return scores_BHTS
    case .explicit(let mask): return scores_BHTS.filled(where: mask.not(), with: -.infinity)
    case .causal:
      let count = scores_BHTS.shape[-1]
      let mask = Tensor.ones([count, count], type: .bool, device: scores_BHTS.device)
      return scores_BHTS.filled(where: mask.lowerTriangle().not(), with: -.infinity)
    }
  }
}

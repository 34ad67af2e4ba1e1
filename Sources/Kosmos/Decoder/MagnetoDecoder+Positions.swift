internal import Tensors

extension MagnetoDecoder {
  /// The length of a block of block-wise causal attention: half of the training length, rounded up so that
  /// two blocks hold a whole sequence of it.
  var block: Int { (configuration.maximumLength + 1) / 2 }

  /// Cuts new tokens so that those beyond the training length stay within one block each: all queries of
  /// a piece then look at the same first key.
  func chunks(of count: Int, after cache: DecoderCache) -> [Range<Int>] {
    var chunks: [Range<Int>] = []
    var start = 0
    while start < count {
      let position = cache.length + start
      let end =
        position < 2 * block ? 2 * block - position : block - position % block
      chunks.append(start..<min(count, start + end))
      start = chunks[chunks.count - 1].upperBound
    }
    return chunks
  }

  /// Lets go of the keys that the next token, and all after it, do not look at.
  func dropUnseen(_ cache: DecoderCache, on device: Device) {
    let first = max(0, cache.length / block - 1) * block
    let count = first - cache.origin
    if count > 0 { cache.drop(count, turn: turn(back: count, on: device)) }
  }

  /// The mask of new tokens.
  func mask(
    count: Int, padding: Tensor?, documents: Tensor?, cache: DecoderCache?, on device: Device
  ) -> AttentionMask {
    if let cache { return .following(past: cache.kept, count: count, device: device) }
    var mask: AttentionMask =
      count > 2 * block
      ? .blockwise(count: count, block: block, device: device) : .causal
    if let documents { mask = mask.within(documents) }
    return padding.map(mask.excluding) ?? mask
  }

  /// The factors of tokens that follow so many kept ones, [T, 1, D]; `nil` without rotation.
  func rotation(
    count: Int, after kept: Int, on device: Device
  ) -> (query: Tensor, key: Tensor)? {
    guard configuration.positions.isRotary else { return nil }
    return table(positions: kept + count, on: device).slice(kept..<kept + count)
  }

  /// The vectors to add to embeddings of tokens that follow so many others; `nil` without any.
  func positions(count: Int, padding: Tensor?, after length: Int) -> Tensor? {
    guard configuration.positions == .sinusoidal else { return nil }
    let needed = max(length + count, configuration.maximumLength)
    let table =
      sinusoidalTable.flatMap { $0.count >= needed ? $0 : nil }
      ?? SinusoidalPositions(count: needed, width: configuration.width)
    sinusoidalTable = table
    if let padding { return table(padding: padding.moved(to: .cpu)) }
    return table(length..<length + count)
  }

  /// Factors of at least so many positions; the centre is fixed, so that turned keys can be kept.
  private func table(positions: Int, on device: Device) -> RotaryFactors {
    if let rotaryTable, rotaryTable.count >= positions { return rotaryTable }
    let table = RotaryFactors(
      positions: max(positions, configuration.maximumLength), headWidth: configuration.headWidth,
      scaleBase: configuration.positions.scaleBase, centre: configuration.maximumLength / 2
    ).moved(to: device)
    rotaryTable = table
    return table
  }

  /// The factors that turn keys back by so many positions, [1, D]: those of key n become those of
  /// key n - count.
  private func turn(back count: Int, on device: Device) -> Tensor? {
    guard configuration.positions.isRotary else { return nil }
    let width = configuration.headWidth
    // exp(-i · count · θ) is the conjugate of position `count`'s factor without a scale.
    let turned = RotaryFactors(positions: count + 1, headWidth: width, scaleBase: nil, centre: 0)
    let conjugate = Tensor((0..<width).map { $0 % 2 == 0 ? Float(1) : -1 })
    // Position 0 around a centre `count` later is scaled as position -count is around 0.
    let scale = RotaryFactors(
      positions: 1, headWidth: width, scaleBase: configuration.positions.scaleBase, centre: count)
    let turn = turned.key.slice(count..<count + 1, of: 0) * conjugate
    return turn.multiplyingPairs(scale.key).moved(to: device)
  }
}

extension PositionEncoding {
  /// Whether queries and keys are turned.
  var isRotary: Bool {
    switch self {
    case .xPos, .rotary: true
    case .sinusoidal, .none: false
    }
  }

  /// xPos's base; `nil` where there is no decay.
  var scaleBase: Double? {
    if case .xPos(let base) = self { base } else { nil }
  }
}

import Glibc
import Kosmos
import Tensors

/// X3: what models trained on short sequences make of longer ones, by how they know positions (Sun and others 2022).
struct Extrapolation {
  private struct Variant {
    let name: String
    let positions: PositionEncoding
  }

  private static let variants = [
    Variant(name: "xPos, scale base 32", positions: .xPos(scaleBase: 32)),
    Variant(name: "RoPE", positions: .rotary),
    Variant(name: "sinusoidal", positions: .sinusoidal),
  ]
  private static let trained = 64
  private static let lengths = [32, 64, 128, 256, 512]
  private static let window = 512

  let text: ByteText
  let seeds: [UInt64]

  /// Mean perplexities over the seeds, with plain causal attention and block-wise causal attention.
  private struct Perplexities {
    var plain: [Int: Double] = [:]
    var blockwise: [Int: Double] = [:]
  }

  func run() throws -> Findings {
    var table = ResultTable(
      [
        "perplexity of a byte at a length of", "32", "64", "128", "256", "512", "128, block-wise",
        "256, block-wise", "512, block-wise",
      ])
    var found: [String: Perplexities] = [:]
    for variant in Self.variants {
      let all = try seeds.map { try measure(variant, seed: $0) }
      let mean = { (pick: (Perplexities) -> Double?) in
        all.compactMap(pick).reduce(0, +) / Double(all.count)
      }
      var means = Perplexities()
      for length in Self.lengths {
        means.plain[length] = mean { $0.plain[length] }
        means.blockwise[length] = mean { $0.blockwise[length] ?? $0.plain[length] }
      }
      found[variant.name] = means
      let shown = { (values: [Int: Double], lengths: ArraySlice<Int>) in
        lengths.map { fixed(values[$0] ?? .nan, 2) }
      }
      table.add(
        [variant.name] + shown(means.plain, Self.lengths[...])
          + shown(means.blockwise, Self.lengths[2...]))
    }
    let at = { (name: Int, length: Int, blockwise: Bool) -> Double in
      let values = found[Self.variants[name].name]
      return (blockwise ? values?.blockwise[length] : values?.plain[length]) ?? .nan
    }
    return Findings(
      table: table,
      claims: [
        Claim(
          "with xPos and block-wise attention a context of 512 is better than the 64 of training",
          at(0, 512, true) < at(0, 64, false)),
        Claim(
          "without block-wise attention xPos loses less at 512 than RoPE",
          at(0, 512, false) < at(1, 512, false)),
        Claim(
          "RoPE at 512 has more than twice its perplexity at 64",
          at(1, 512, false) > 2 * at(1, 64, false)),
        Claim("block-wise attention mends RoPE", at(1, 512, true) < at(1, 64, false)),
        Claim(
          "it does not mend sinusoidal positions, which have more than twice their perplexity",
          at(2, 512, true) > 2 * at(2, 64, false)),
      ])
  }

  private func measure(_ variant: Variant, seed: UInt64) throws -> Perplexities {
    var random = SplitMix64(seed: seed)
    let store = ParameterStore(RandomParameters(seed: seed))
    let decoder = try MagnetoDecoder(
      store.root, configuration(variant.positions, length: Self.trained))
    let loss = Optimisation(steps: 1_200, peak: 3e-3).run(store.trainable.map(\.tensor)) { _ in
      let batch = text.batch(rows: 12, length: Self.trained, &random)
      return lossSum(decoder, batch) / Double(12 * Self.trained)
    }
    var result = Perplexities()
    for length in Self.lengths {
      // A longer configuration of the same parameters has no blocks at this length.
      let plain = try MagnetoDecoder(
        ParameterStore(SharedParameters(store)).root,
        configuration(variant.positions, length: max(length, Self.trained)))
      result.plain[length] = perplexity(plain, length: length)
      if length > Self.trained { result.blockwise[length] = perplexity(decoder, length: length) }
    }
    progress(
      "X3 \(variant.name), seed \(seed): training loss \(fixed(loss, 3)), "
        + Self.lengths.map {
          "\($0): \(fixed(result.plain[$0] ?? .nan, 2)) \(fixed(result.blockwise[$0] ?? .nan, 2))"
        }.joined(separator: ", "))
    return result
  }

  private func configuration(_ positions: PositionEncoding, length: Int) -> DecoderConfiguration {
    DecoderConfiguration(
      vocabularySize: ByteText.vocabulary, width: 96, layers: 3, heads: 3, maximumLength: length,
      positions: positions)
  }

  /// The perplexity of held-out windows that are cut into pieces of a length, each read by itself.
  private func perplexity(_ decoder: MagnetoDecoder, length: Int) -> Double {
    let windows = text.heldOut(rows: 24, length: Self.window)
    var sum = 0.0
    for start in stride(from: 0, to: Self.window, by: length) {
      let piece = windows.slice(start..<start + length + 1, of: 1)
      sum += withoutGradients { lossSum(decoder, piece).item }
    }
    return exp(sum / Double(24 * Self.window))
  }

  private func lossSum(_ decoder: MagnetoDecoder, _ batch: Tensor) -> Tensor {
    let logits = decoder.logits(decoder(decoder.embed(batch.inputs)))
    return logits.reshaped([-1, ByteText.vocabulary])
      .crossEntropySum(batch.targets.reshaped([-1]))
  }
}

/// The very tensors of another model: two decoders of one set of parameters.
private struct SharedParameters: ParameterSource {
  private let store: ParameterStore

  init(_ store: ParameterStore) { self.store = store }

  func tensor(
    _ name: String, _ shape: Shape, _ initializer: Initializer
  ) throws(ParameterError) -> Tensor {
    guard let tensor = store[name] else { fatalError("the other model has no '\(name)'") }
    return tensor.detached()
  }
}

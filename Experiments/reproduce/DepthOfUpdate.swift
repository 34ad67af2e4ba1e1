import Kosmos
import Tensors

/// X1: how far one step of gradient descent moves a new model's output, by its depth (Wang and others 2022, section 3).
struct DepthOfUpdate {
  private enum Variant: String, CaseIterable {
    case post = "Post-LN, Xavier"
    case pre = "Pre-LN, Xavier"
    case sub = "Sub-LN, without the gain"
    case magneto = "MAGNETO: Sub-LN with the gain"
  }

  private static let depths = [2, 6, 12, 24, 48]
  private static let rate = 1e-3
  private static let width = 64
  private static let heads = 4

  let text: ByteText
  let seeds: [UInt64]

  func run() throws -> Findings {
    var table = ResultTable(
      ["", "L = 2", "6", "12", "24", "48", "growth from 6 to 48"])
    var growth: [Variant: Double] = [:]
    for variant in Variant.allCases {
      let means = try Self.depths.map { depth in
        let moves = try seeds.map { try move(variant, depth: depth, seed: $0) }
        return moves.reduce(0, +) / Double(moves.count)
      }
      let grown = means[4] / means[1]
      growth[variant] = grown
      table.add([variant.rawValue] + means.map { fixed($0, 1) } + ["\(fixed(grown, 1)) times"])
      progress("X1 \(variant.rawValue): \(means.map { fixed($0, 2) }.joined(separator: " "))")
    }
    let of = { (variant: Variant) in growth[variant] ?? .nan }
    return Findings(
      table: table,
      claims: [
        Claim(
          "MAGNETO's update grows least with the depth",
          of(.magneto) < of(.sub) && of(.magneto) < of(.pre)),
        Claim("Post-LN's grows more than tenfold", of(.post) > 10),
      ])
  }

  /// The mean change of a target's logit by one step of all parameters but the embeddings, over the rate.
  private func move(_ variant: Variant, depth: Int, seed: UInt64) throws -> Double {
    var random = SplitMix64(seed: seed)
    let batch = text.batch(rows: 4, length: 48, &random)
    let (store, logits) = try model(variant, depth: depth, seed: seed)
    let backbone = store.parameters.filter { $0.name != "embed_tokens.weight" }.map(\.tensor)
    func targetLogits() -> Tensor {
      logits(batch.inputs).picking(batch.targets.insertingDimension(2), along: 2)
    }
    let before = withoutGradients { targetLogits() }
    let flat = logits(batch.inputs).reshaped([-1, ByteText.vocabulary])
    let targets = batch.targets.reshaped([-1])
    (flat.crossEntropySum(targets) / Double(targets.elementCount)).backward()
    return withoutGradients {
      for parameter in backbone {
        if let gradient = parameter.gradient { parameter.add(gradient, scaledBy: -Self.rate) }
      }
      return (targetLogits() - before).absolute().mean().item / Self.rate
    }
  }

  private func model(
    _ variant: Variant, depth: Int, seed: UInt64
  ) throws -> (ParameterStore, (Tensor) -> Tensor) {
    let configuration = DecoderConfiguration(
      vocabularySize: ByteText.vocabulary, width: Self.width, layers: depth, heads: Self.heads,
      maximumLength: 64, positions: .none)
    let random = RandomParameters(seed: seed)
    switch variant {
    case .post, .pre:
      let store = ParameterStore(random)
      let decoder = try PlainDecoder(
        store.root, variant == .post ? .post : .pre, vocabulary: ByteText.vocabulary,
        width: Self.width, layers: depth, heads: Self.heads)
      return (store, decoder.logits)
    case .sub, .magneto:
      let source: any ParameterSource =
        variant == .sub ? WithoutGain(base: random, gain: configuration.gain) : random
      let store = ParameterStore(source)
      let decoder = try MagnetoDecoder(store.root, configuration)
      return (store, { decoder.logits(decoder(decoder.embed($0))) })
    }
  }
}

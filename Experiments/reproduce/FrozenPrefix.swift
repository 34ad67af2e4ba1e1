import Kosmos
import Tensors

/// X6: training on what the frozen part of the encoder gave once, against passing each picture through it at every step.
struct FrozenPrefix {
  private static let pictures = 256
  private static let batch = 16
  private static let steps = 100

  let seed: UInt64

  /// What a step gets of pictures.
  private enum Storage: String, CaseIterable {
    case pixels = "pixels, through the whole encoder"
    case float32 = "stored as float32"
    case float16 = "stored as float16"
    case bfloat16 = "stored as bfloat16"

    var type: ScalarType {
      switch self {
      case .pixels, .float32: .float32
      case .float16: .float16
      case .bfloat16: .bfloat16
      }
    }
  }

  func run() throws -> Findings {
    var corpora = ToyCorpora(seed: seed)
    let pool = (0..<Self.pictures).map { _ in corpora.caption() }
    var table = ResultTable([
      "the frozen part's output is", "last loss", "greatest difference in 100 steps",
    ])
    var losses: [Storage: [Double]] = [:]
    for storage in Storage.allCases {
      let own = try train(on: pool, storage)
      losses[storage] = own
      let difference = zip(own, losses[.pixels] ?? []).map { abs($0 - $1) }.max() ?? .nan
      table.add([
        storage.rawValue, fixed(own.last ?? .nan, 5),
        difference == 0 ? "0" : "\(Float(difference))",
      ])
      progress("X6 \(storage.rawValue): \(difference)")
    }
    let (whole, suffix) = try speeds()
    table.add([
      "a ViT-B/32's images a second on one thread, forward", "whole: \(fixed(whole, 1))",
      "last block alone: \(fixed(suffix, 1))",
    ])
    return Findings(
      table: table,
      claims: [
        Claim(
          "stored as float32, the loss of every step is the same to the last bit",
          losses[.float32] == losses[.pixels]),
        Claim(
          "float16 changes no loss by 0.001",
          zip(losses[.float16] ?? [], losses[.pixels] ?? []).allSatisfy { abs($0 - $1) < 1e-3 }),
      ])
  }

  /// The losses of training on documents with one picture each, taken in turn.
  private func train(on pool: [ToyDocument], _ storage: Storage) throws -> [Double] {
    let model = try ToyModel(seed: seed).model
    let batches = stride(from: 0, to: pool.count, by: Self.batch).map {
      ToyBatch(Array(pool[$0..<$0 + Self.batch]))
    }
    let stored = storage == .pixels ? nil : batches.map { prefix(of: $0, model, as: storage.type) }
    var losses: [Double] = []
    _ = Optimisation(steps: Self.steps, peak: 2e-3, warmup: 20)
      .run(model.parameters.trainable.map(\.tensor)) { step in
        let number = step % batches.count
        let batch = batches[number]
        var input = batch.input
        if let stored { input.images?.content = .prefix(stored[number].converted(to: .float32)) }
        let loss = model.loss(input, targets: batch.targets, mask: batch.lossMask)
        let mean = loss.sum / Double(loss.count)
        losses.append(mean.item)
        return mean
      }
    return losses
  }

  private func prefix(of batch: ToyBatch, _ model: KosmosModel, as type: ScalarType) -> Tensor {
    guard case .pixels(let pixels)? = batch.input.images?.content else {
      fatalError("a caption has a picture")
    }
    return withoutGradients { model.vision.frozenPrefix(pixels).converted(to: type) }
  }

  /// Images a second through all of a ViT-B/32, and through its last block alone.
  private func speeds() throws -> (whole: Double, suffix: Double) {
    let encoder = try CLIPVisionEncoder(ParameterStore(RandomParameters(seed: seed)).root, .vitB32)
    let pixels = Generator(seed: seed).normal([16, 3, 224, 224])
    return withoutGradients {
      let prefix = encoder.frozenPrefix(pixels)
      let time = { (work: () -> Tensor) in
        let start = seconds()
        for _ in 0..<4 { _ = work() }
        return 64 / (seconds() - start)
      }
      return (time { encoder.features(pixels) }, time { encoder.suffix(prefix) })
    }
  }
}

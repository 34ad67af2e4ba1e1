public import Kosmos
internal import Tensors
internal import Training

/// Training of a small model whose images are given as pixels or as stored features of the frozen prefix.
///
/// What differs between two runs is the storage alone: parameters, batches and their order are the same,
/// and nothing is dropped out.
public struct FeatureTraining {
  /// An image and its caption.
  public struct Example: Sendable {
    /// The planes of the image; see `CLIPPreprocessing`.
    public var planes: [Float]
    /// The tokens, `<s>` first.
    public var tokens: [Int32]
    /// 1 where a token is a target.
    public var lossMask: [UInt8]
    /// The index of the image's first latent position.
    public var slot: Int

    /// Makes an example from its parts.
    public init(planes: [Float], tokens: [Int32], lossMask: [UInt8], slot: Int) {
      self.planes = planes
      self.tokens = tokens
      self.lossMask = lossMask
      self.slot = slot
    }
  }

  /// What a training came to.
  public struct Outcome {
    /// The mean loss of each step, in nats a target.
    public var losses: [Double]
    /// The bytes of every parameter in the end, by name.
    public var parameters: [String: [UInt8]]
  }

  private let configuration: KosmosConfiguration
  private let examples: [Example]
  private let batchSize: Int

  /// Prepares trainings.
  ///
  /// - Precondition: There are examples for one batch at least.
  public init(_ configuration: KosmosConfiguration, _ examples: [Example], batchSize: Int) {
    precondition(examples.count >= batchSize && batchSize > 0, "examples for a batch")
    self.configuration = configuration
    self.batchSize = batchSize
    // Whole batches: each image is then encoded in a batch of the same shape with and without a cache.
    self.examples = Array(examples.prefix(examples.count / batchSize * batchSize))
  }

  /// The frozen prefix's output for each example, encoded batch by batch.
  public func features() throws -> [[Float]] {
    let model = try model()
    return withoutGradients {
      stride(from: 0, to: examples.count, by: batchSize).flatMap { start in
        let prefix = model.vision.frozenPrefix(pixels(start..<start + batchSize))
        return (0..<batchSize).map { prefix.element($0).values(of: Float.self) }
      }
    }
  }

  /// Trains with the images given as pixels, or as features where there are some.
  ///
  /// - Parameter features: The frozen prefix's output for each example.
  public func run(steps: Int, features: [[Float]]? = nil) throws -> Outcome {
    let model = try model()
    let trained = model.parameters.trainable.map(\.tensor)
    let optimizer = AdamW(trained)
    var losses: [Double] = []
    for step in 0..<steps {
      let start = step * batchSize % examples.count
      let range = start..<start + batchSize
      let content: KosmosImages.Content =
        features.map { .prefix(prefix($0[range])) } ?? .pixels(pixels(range))
      let batch = Batch(examples[range])
      let loss = model.loss(
        KosmosInput(tokens: batch.tokens, images: KosmosImages(content, slots: batch.slots)),
        targets: batch.targets, mask: batch.lossMask)
      let mean = loss.sum / Double(loss.count)
      losses.append(mean.item)
      mean.backward()
      _ = optimizer.step(learningRate: 2e-3, clipNorm: 2)
    }
    return Outcome(
      losses: losses,
      parameters: Dictionary(
        uniqueKeysWithValues: model.parameters.parameters.map { ($0.name, $0.tensor.bytes()) }))
  }

  /// The parameters that training leaves as they are.
  public func frozenNames() throws -> [String] {
    try model().parameters.parameters.filter { !$0.isTrainable }.map(\.name)
  }

  private func model() throws -> KosmosModel {
    try KosmosModel(configuration, source: RandomParameters(seed: 1))
  }

  private func pixels(_ range: Range<Int>) -> Tensor {
    let side = configuration.vision.imageSize
    return Tensor(examples[range].flatMap(\.planes), shape: [range.count, 3, side, side])
  }

  private func prefix(_ features: ArraySlice<[Float]>) -> Tensor {
    let vision = configuration.vision
    return Tensor(
      features.flatMap(\.self), shape: [features.count, vision.tokenCount, vision.width])
  }
}

/// Examples side by side, padded on the right.
private struct Batch {
  let tokens: Tensor
  let targets: Tensor
  let lossMask: Tensor
  let slots: [Int]

  init(_ examples: ArraySlice<FeatureTraining.Example>) {
    let length = max(1, (examples.map(\.tokens.count).max() ?? 1) - 1)
    func padded(_ numbers: [Int64]) -> [Int64] {
      numbers + repeatElement(1, count: length - numbers.count)
    }
    func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
    let shape: Shape = [examples.count, length]
    tokens = Tensor(
      examples.flatMap { padded($0.tokens.dropLast().map(Int64.init)) }, shape: shape)
    targets = Tensor(
      examples.flatMap { padded($0.tokens.dropFirst().map(Int64.init)) }, shape: shape)
    lossMask = Tensor(
      examples.flatMap { $0.lossMask.dropFirst() + zeros(length + 1 - $0.lossMask.count) },
      shape: shape)
    slots = examples.enumerated().map { $0 * length + $1.slot }
  }
}

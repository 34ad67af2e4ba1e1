public import Tensors

// Shape suffixes: B sequences, T tokens, N images, L latents of an image, C the decoder's width.

/// KOSMOS-1 (Huang and others 2023): a MAGNETO decoder whose input holds images as vectors among its tokens.
public final class KosmosModel {
  /// The shape.
  public let configuration: KosmosConfiguration
  /// All parameters by their names in checkpoints.
  public let parameters: ParameterStore
  /// The encoder of images.
  public let vision: CLIPVisionEncoder
  /// What makes the decoder's vectors of an image's features.
  public let connector: Connector
  /// The language model.
  public let decoder: MagnetoDecoder

  /// Makes a model of parameters from any source.
  ///
  /// - Precondition: The configuration is sound; see ``KosmosConfiguration/validate()``.
  /// - Throws: ``ParameterError`` where the source does not have a parameter.
  public init(
    _ configuration: KosmosConfiguration, source: any ParameterSource, device: Device = .cpu
  ) throws(ParameterError) {
    self.configuration = configuration
    parameters = ParameterStore(source, device: device)
    let root = parameters.root
    decoder = try MagnetoDecoder(root.scope("text_model.model"), configuration.decoder)
    vision = try CLIPVisionEncoder(
      root.scope("vision_model.model"), configuration.vision,
      training: configuration.visionTraining)
    connector = try Connector(
      root.scope("image_to_text_projection"), configuration.connector,
      features: configuration.vision.width, width: configuration.decoder.width,
      heads: configuration.decoder.heads)
  }

  /// The vectors that stand for images in the decoder's input, [N, L, C].
  public func latents(_ content: KosmosImages.Content, training: Generator? = nil) -> Tensor {
    switch content {
    case .pixels(let pixels): connector(vision.features(pixels), training: training)
    case .prefix(let prefix): connector(vision.suffix(prefix), training: training)
    case .latents(let latents): latents
    }
  }

  /// The decoder's output before the vocabulary, [B, T, C].
  ///
  /// - Parameters:
  ///   - cache: What came before; the input is added to it.
  ///   - training: Draws dropout; `nil` for none.
  public func hidden(
    _ input: KosmosInput, cache: DecoderCache? = nil, training: Generator? = nil
  ) -> Tensor {
    decoder(
      embed(input, training: training), padding: input.padding, documents: input.documents,
      cache: cache, training: training)
  }

  /// The logits of each position's next token, [B, T, vocabulary].
  public func logits(
    _ input: KosmosInput, cache: DecoderCache? = nil, training: Generator? = nil
  ) -> Tensor {
    decoder.logits(hidden(input, cache: cache, training: training))
  }

  /// The logits of the token after the last position, [B, vocabulary].
  public func lastLogits(_ input: KosmosInput, cache: DecoderCache? = nil) -> Tensor {
    decoder.logits(hidden(input, cache: cache).element(-1, of: 1))
  }

  /// The loss of the targets that a mask counts.
  ///
  /// - Parameters:
  ///   - targets: int64 [B, T]: what is to follow each position.
  ///   - mask: [B, T], not 0 where the target counts.
  ///   - training: Draws dropout; `nil` for none.
  public func loss(
    _ input: KosmosInput, targets: Tensor, mask: Tensor, training: Generator? = nil
  ) -> KosmosLoss {
    let hidden_BTC = hidden(input, training: training)
    // Positions that count nothing, an image's above all, need no logits.
    let counted = mask.reshaped([-1]).nonZeroIndices().reshaped([-1])
    let rows = hidden_BTC.reshaped([-1, hidden_BTC.shape[2]]).gathering(counted)
    let logits = decoder.logits(rows).converted(to: .float32)
    return KosmosLoss(
      sum: logits.crossEntropySum(targets.reshaped([-1]).gathering(counted)),
      count: counted.elementCount)
  }

  /// The vectors of tokens, with those of images in their places: [B, T, C], before the decoder's scale.
  private func embed(_ input: KosmosInput, training: Generator?) -> Tensor {
    let embeddings_BTC = decoder.embed(input.tokens)
    guard let images = input.images, !images.slots.isEmpty else { return embeddings_BTC }
    let latents_NLC = latents(images.content, training: training)
    let (count, length) = (latents_NLC.shape[0], latents_NLC.shape[1])
    precondition(
      count == images.slots.count, "\(count) images do not fit \(images.slots.count) places")
    let places = images.slots.flatMap { first in (first..<first + length).map(Int64.init) }
    let shape = embeddings_BTC.shape
    return embeddings_BTC.reshaped([-1, shape[2]])
      .replacing(
        Tensor(places).moved(to: embeddings_BTC.device),
        with: latents_NLC.reshaped([-1, shape[2]]).converted(to: embeddings_BTC.type)
      )
      .reshaped(shape)
  }
}

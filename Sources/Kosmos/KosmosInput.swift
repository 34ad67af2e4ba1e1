public import Tensors

/// The images of a batch: what is known of them, and where they stand among the tokens.
public struct KosmosImages {
  /// What is known of images.
  public enum Content {
    /// Normalised pixels, `float32` [N, 3, S, S].
    case pixels(Tensor)
    /// The output of ``CLIPVisionEncoder/frozenPrefix(_:)``, [N, P, width].
    case prefix(Tensor)
    /// The connector's output, [N, latents, C].
    case latents(Tensor)
  }

  /// What is known of the images.
  public var content: Content
  /// For each image the place of its first latent, counted through the batch: b · T + t.
  public var slots: [Int]

  /// Makes the images of a batch.
  public init(_ content: Content, slots: [Int]) {
    self.content = content
    self.slots = slots
  }
}

/// Sequences of tokens and images.
public struct KosmosInput {
  /// The token ids, int64 [B, T]; what stands at an image's latents is overwritten.
  public var tokens: Tensor
  /// The images; `nil` where there is none.
  public var images: KosmosImages?
  /// Where a token is padding, bool [B, T]; padding on the right needs none.
  public var padding: Tensor?
  /// The number of each token's document, int64 [B, T]: a token looks at those of its own document.
  ///
  /// `nil` where documents are one context. Padding on the right has a number of its own.
  public var documents: Tensor?

  /// Makes an input from its parts.
  public init(
    tokens: Tensor, images: KosmosImages? = nil, padding: Tensor? = nil, documents: Tensor? = nil
  ) {
    self.tokens = tokens
    self.images = images
    self.padding = padding
    self.documents = documents
  }
}

/// The loss of a batch.
public struct KosmosLoss {
  /// The sum of -log p over the counted targets, in nats: a tensor of one number, to go backward from.
  public let sum: Tensor
  /// How many targets were counted.
  public let count: Int
}

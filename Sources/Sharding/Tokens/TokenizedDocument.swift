public import Documents
public import Tokenization

/// A document as lines of token ids and images, in reading order, before it is packed.
public struct TokenizedDocument: Hashable, Sendable {
  /// One line of text or one image.
  public enum Unit: Hashable, Sendable {
    /// The ids of one line, without the `</line>` or `</s>` that ends it.
    case line([Int32])
    /// An image, by its index in ``TokenizedDocument/images``.
    case image(Int)
  }

  /// The document's identity.
  public var id: DocumentID
  /// Its lines and images in reading order.
  public var units: [Unit]
  /// The digests of its images, in the order in which the units name them.
  public var images: [Digest]
  /// How many tokens at the beginning of its token stream are there to be read and are no targets, such as
  /// an instruction.
  public var contextLength: Int

  /// Makes a document from its parts.
  ///
  /// - Precondition: Each image unit names one of the images.
  public init(id: DocumentID, units: [Unit], images: [Digest] = [], contextLength: Int = 0) {
    for case .image(let index) in units {
      precondition(images.indices.contains(index), "an image unit names an image of the document")
    }
    self.id = id
    self.units = units
    self.images = images
    self.contextLength = contextLength
  }
}

extension TokenizedDocument {
  /// A stretch of a document's token stream that packing does not break.
  ///
  /// Each line is one, ended by `</line>`; each image is one of `<image>`, the latent positions (which
  /// hold the id of `<image>`) and `</image>`. The last piece of a document ends with `</s>`: in place
  /// of a line's `</line>`, or after an image's `</image>`. A document of no unit is `</s>` alone. The
  /// pieces end to end are the document's own token stream.
  public struct Piece: Hashable, Sendable {
    /// The token ids.
    public var tokens: [Int32]
    /// The image, by its index in the document; its first latent position is the second token.
    public var image: Int?
    /// Where the piece begins in the document's own token stream.
    public var offset: Int
    /// How many of its tokens are context.
    var contextLength = 0

    /// Whether the token at an index of the piece is a target: context and an image's positions never are.
    public func isTarget(_ index: Int, latents: Int) -> Bool {
      index >= contextLength && (image == nil || index >= latents + 2)
    }
  }

  /// The document's pieces under a vocabulary, each image with so many latent positions.
  public func pieces(_ vocabulary: Vocabulary, latents: Int) -> [Piece] {
    var pieces: [Piece] = []
    var offset = 0
    for (index, unit) in units.enumerated() {
      let isLast = index == units.count - 1
      var piece = Piece(tokens: [], image: nil, offset: offset)
      switch unit {
      case .line(let ids):
        piece.tokens = ids + [isLast ? Vocabulary.end : vocabulary.lineEnd]
      case .image(let image):
        piece.image = image
        piece.tokens = Array(repeating: vocabulary.image, count: latents + 1)
        piece.tokens.append(vocabulary.imageEnd)
        if isLast { piece.tokens.append(Vocabulary.end) }
      }
      piece.contextLength = min(max(0, contextLength - offset), piece.tokens.count)
      offset += piece.tokens.count
      pieces.append(piece)
    }
    if pieces.isEmpty { pieces.append(Piece(tokens: [Vocabulary.end], image: nil, offset: 0)) }
    return pieces
  }
}

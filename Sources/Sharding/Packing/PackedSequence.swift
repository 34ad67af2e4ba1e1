public import Documents

/// One training sequence: tokens, which of them are targets, its images, and whose tokens they are.
public struct PackedSequence: Hashable, Sendable {
  /// An image of a sequence.
  public struct Image: Hashable, Sendable {
    /// The index of its first latent position in the sequence.
    public var position: Int
    /// The digest of the image.
    public var digest: Digest

    /// Makes an image from its parts.
    public init(position: Int, digest: Digest) {
      self.position = position
      self.digest = digest
    }
  }

  /// The token ids, `<s>` first.
  public var tokens: [Int32]
  /// 1 where the token is a target, predicted from the one before it, and 0 elsewhere.
  public var lossMask: [UInt8]
  /// The images, by position.
  public var images: [Image]
  /// The runs of tokens of one document; together they cover everything after `<s>`.
  public var segments: [Segment]

  /// A sequence of nothing but `<s>`.
  init(begin: Int32) {
    tokens = [begin]
    lossMask = [0]
    images = []
    segments = []
  }
}

/// A run of tokens of one document in a sequence.
public struct Segment: Hashable, Sendable {
  /// The index of its first token in the sequence.
  public var start: Int
  /// The document.
  public var document: DocumentID
  /// Where the run begins in the document's own token stream; see ``TokenizedDocument/Piece``.
  public var offset: Int

  /// Makes a segment from its parts.
  public init(start: Int, document: DocumentID, offset: Int) {
    self.start = start
    self.document = document
    self.offset = offset
  }
}

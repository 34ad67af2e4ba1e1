/// One sequence of a shard; its images are rows of the shard's features.
public struct ShardSequence: Hashable, Sendable {
  /// An image of a sequence.
  public struct Image: Hashable, Sendable {
    /// The index of its first latent position in the sequence.
    public var position: Int
    /// The row of its features in the shard.
    public var row: Int

    /// Makes an image from its parts.
    public init(position: Int, row: Int) {
      self.position = position
      self.row = row
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

  /// The segment that a token belongs to; `nil` for `<s>`.
  public func segment(at position: Int) -> Segment? { segments.last { $0.start <= position } }

  /// Where a token stands in its document's own token stream; `nil` for `<s>`.
  public func documentOffset(at position: Int) -> Int? {
    segment(at: position).map { $0.offset + position - $0.start }
  }
}

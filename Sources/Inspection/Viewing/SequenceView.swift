public import Documents
public import Provenance
internal import Sharding
internal import Tokenization

/// A packed sequence: its tokens, loss mask, documents and images.
public struct SequenceView: Hashable, Sendable, Codable {
  /// A token, or the positions of an image folded into one.
  public struct Item: Hashable, Sendable, Codable {
    /// The position of the first token.
    public var position: Int
    /// How many positions it takes: 1, or an image's `<image>`, latents and `</image>`.
    public var length: Int
    /// The id of the first token.
    public var token: Int32
    /// The token as the model spells it, or its name.
    public var piece: String
    /// Whether it is a target of the loss.
    public var isTarget: Bool
    /// The index of its image in the sequence, where it is one.
    public var image: Int?
  }

  /// An image of the sequence.
  public struct Image: Hashable, Sendable, Codable {
    /// The position of its first latent.
    public var position: Int
    /// The row of its features in the shard.
    public var row: Int
    /// The SHA-256 of its bytes.
    public var digest: Digest
    /// Where it was found.
    public var url: String?
    /// The width in pixels.
    public var width: Int?
    /// The height in pixels.
    public var height: Int?
  }

  /// A run of tokens of one document.
  public struct Run: Hashable, Sendable, Codable {
    /// The run.
    public var segment: SegmentRow
    /// The document's URL, or the file and bytes of an example.
    public var url: String?
  }

  /// The shard.
  public var shard: ShardRow
  /// The sequence's number in the shard.
  public var sequence: Int
  /// How many tokens it has.
  public var length: Int
  /// How many of them are targets.
  public var targets: Int
  /// Its tokens, images folded.
  public var items: [Item]
  /// Its documents.
  public var runs: [Run]
  /// Its images.
  public var images: [Image]
}

extension InspectedRun {
  /// A sequence of a shard.
  ///
  /// - Throws: ``InspectionError`` where there is none; `ShardingError` where the shard is damaged.
  public func sequence(_ corpus: Corpus, shard number: Int, sequence index: Int) throws
    -> SequenceView
  {
    let shard = try shard(corpus, number)
    let sequence = try sequence(index, of: shard)
    guard let row = try ledger.shard(corpus, number) else {
      throw InspectionError(.notFound, "the ledger has no shard \(number)")
    }
    let tokenizer = try tokenizer()
    let runs = try ledger.segments(corpus, shard: number, sequence: index).map { segment in
      SequenceView.Run(segment: segment, url: try source(of: segment))
    }
    let images = try sequence.images.map { image in
      let digest = shard.imageDigest(row: image.row)
      let found = try ledger.images(digest: digest, limit: 1).first
      return SequenceView.Image(
        position: image.position, row: image.row, digest: digest, url: found?.url,
        width: found?.width, height: found?.height)
    }
    return SequenceView(
      shard: row, sequence: index, length: sequence.tokens.count,
      targets: sequence.lossMask.reduce(0) { $0 + Int($1) },
      items: Self.items(of: sequence, tokenizer, latents: shard.description.latents), runs: runs,
      images: images)
  }

  private func source(of segment: SegmentRow) throws -> String? {
    guard let row = try ledger.instruction(segment.document) else {
      return try ledger.document(segment.document)?.url
    }
    return try ledger.input(row.input).map { "\($0.path), \(row.place)" }
  }

  private static func items(
    of sequence: ShardSequence, _ tokenizer: Tokenizer, latents: Int
  ) -> [SequenceView.Item] {
    var items: [SequenceView.Item] = []
    var image = 0
    var position = 0
    while position < sequence.tokens.count {
      let token = sequence.tokens[position]
      let isImage =
        sequence.images.indices.contains(image)
        && sequence.images[image].position == position + 1
      let length = isImage ? min(latents + 2, sequence.tokens.count - position) : 1
      items.append(
        SequenceView.Item(
          position: position, length: length, token: token, piece: tokenizer.piece(of: token),
          isTarget: sequence.lossMask[position..<position + length].contains(1),
          image: isImage ? image : nil))
      if isImage { image += 1 }
      position += length
    }
    return items
  }
}

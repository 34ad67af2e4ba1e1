public import Documents
internal import Tokenization

/// Takes documents, images and pairs out of shards.
///
/// What goes is cut out of its sequences, and nothing is packed anew: the sequences that hold nothing
/// of it keep their tokens and their order, where packing again would move every document behind the
/// first gap into another sequence with other neighbours. A sequence that loses tokens is shorter; one
/// that is left with nothing but `<s>` goes.
public struct ShardExcision: Sendable {
  /// A pair of the pairs corpus.
  public struct Pair: Hashable, Sendable {
    /// The document.
    public var document: DocumentID
    /// The digest of the image.
    public var image: Digest

    /// Names a pair.
    public init(document: DocumentID, image: Digest) {
      self.document = document
      self.image = image
    }
  }

  /// The documents that go as a whole.
  public var documents: Set<DocumentID> = []
  /// The documents that lose images.
  public var cuts: [DocumentID: DocumentCut] = [:]
  /// The pairs that go.
  public var pairs: Set<Pair> = []

  /// Makes an excision of nothing.
  public init() {}

  /// What becomes of a sequence.
  enum Outcome {
    /// It holds nothing of what goes.
    case untouched(PackedSequence)
    /// It is shorter.
    case cut(PackedSequence)
    /// Nothing is left of it.
    case emptied
  }

  /// Takes what goes out of a sequence.
  func apply(to sequence: ShardSequence, of shard: Shard) -> Outcome {
    let images = sequence.images.map {
      PackedSequence.Image(position: $0.position, digest: shard.imageDigest(row: $0.row))
    }
    var whole = PackedSequence(begin: Vocabulary.begin)
    whole.tokens = sequence.tokens
    whole.lossMask = sequence.lossMask
    whole.images = images
    whole.segments = sequence.segments
    if shard.description.corpus == .pairs {
      guard let segment = sequence.segments.first else { return .untouched(whole) }
      let goes = images.contains {
        pairs.contains(Pair(document: segment.document, image: $0.digest))
      }
      return goes || documents.contains(segment.document) ? .emptied : .untouched(whole)
    }
    let isTouched = sequence.segments.contains {
      documents.contains($0.document) || cuts[$0.document] != nil
    }
    guard isTouched else { return .untouched(whole) }
    var cutting = SequenceCutting(
      old: whole, latents: shard.description.latents,
      maximumLength: shard.description.maximumLength)
    for (place, segment) in whole.segments.enumerated() {
      let next = whole.segments.dropFirst(place + 1).first?.start ?? whole.tokens.count
      if documents.contains(segment.document) { continue }
      cutting.keep(segment, to: next, cut: cuts[segment.document])
    }
    if cutting.new.tokens.count == 1 { return .emptied }
    return cutting.new == whole ? .untouched(whole) : .cut(cutting.new)
  }
}

/// The copy of a sequence without what goes.
private struct SequenceCutting {
  let old: PackedSequence
  let latents: Int
  let maximumLength: Int
  var new = PackedSequence(begin: Vocabulary.begin)

  init(old: PackedSequence, latents: Int, maximumLength: Int) {
    self.old = old
    self.latents = latents
    self.maximumLength = maximumLength
  }

  /// Copies a run of a document up to a place in the old sequence.
  mutating func keep(_ segment: Segment, to end: Int, cut: DocumentCut?) {
    guard let cut else {
      copy(segment.start..<end, of: segment.document, offset: segment.offset)
      return
    }
    var start = segment.start
    for piece in cut.pieces.drop(while: { $0.offset < segment.offset }) where start < end {
      let range = start..<min(end, start + piece.length)
      start = range.upperBound
      if piece.goes { continue }
      let isNew =
        range.lowerBound == segment.start || new.segments.last?.document != segment.document
      copy(range, of: segment.document, offset: isNew ? piece.newOffset : nil)
      if piece.becomesLast { close(after: piece) }
    }
  }

  private mutating func copy(_ range: Range<Int>, of document: DocumentID, offset: Int?) {
    let shift = new.tokens.count - range.lowerBound
    if let offset {
      new.segments.append(
        Segment(start: new.tokens.count, document: document, offset: offset))
    }
    new.tokens += old.tokens[range]
    new.lossMask += old.lossMask[range]
    for image in old.images where range.contains(image.position) {
      new.images.append(.init(position: image.position + shift, digest: image.digest))
    }
  }

  /// Ends the document after a piece that was not its last.
  private mutating func close(after piece: DocumentCut.Piece) {
    if !piece.isImage {
      new.tokens[new.tokens.count - 1] = Vocabulary.end
    } else if new.tokens.count < maximumLength {
      new.tokens.append(Vocabulary.end)
      new.lossMask.append(1)
    }
  }
}

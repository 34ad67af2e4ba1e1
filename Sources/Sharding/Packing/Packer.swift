public import Documents
public import Tokenization

extension Reason.Code {
  /// A line has more tokens than a sequence; what is measured is its length, and its tail is dropped.
  public static let lineTooLong = Reason.Code("lineTooLong")
}

/// Packs documents into sequences of a bounded length, in the "full sentences" way of RoBERTa.
///
/// A sequence begins with `<s>` and takes piece after piece (``TokenizedDocument/Piece``), across
/// documents, as long as the next one fits; pieces are never split, so that a line or an image stands
/// whole in one sequence. A line that would fill a whole sequence or more loses its tail: with its
/// `</line>` or `</s>`, which it keeps, it is cut to the maximum length less one. (KOSMOS's released
/// loader cuts to the same length but loses the ending too, and with it the end of a document.)
///
/// Pairs are not packed: each is a sequence of its own, and its caption is cut to what fits. Examples of
/// instruction tuning are not packed either, so that a step's number of sequences is its number of
/// examples, as in the paper's Table 19, and a model sees of an instruction what it will see in use.
public struct Packer: Sendable {
  /// The token ids.
  public let vocabulary: Vocabulary
  /// The most tokens of a sequence, `<s>` included.
  public let maximumLength: Int
  /// The latent positions of an image; two more tokens stand around them.
  public let latents: Int
  /// Whether a sequence may hold several documents.
  public let packsDocuments: Bool

  /// How many tokens of documents entered and how many were dropped; `<s>` is not counted.
  public private(set) var tokens = Tally()
  private var sequence = PackedSequence(begin: Vocabulary.begin)

  /// A packer of the sequences of a corpus.
  ///
  /// - Precondition: An image, `<s>`, `</s>` and one token of text fit in the maximum length.
  public init(
    corpus: Corpus, vocabulary: Vocabulary, maximumLength: Int = 2048, latents: Int = 64
  ) {
    precondition(
      latents > 0 && maximumLength >= latents + 5, "an image and a word fit in a sequence")
    self.vocabulary = vocabulary
    self.maximumLength = maximumLength
    self.latents = latents
    packsDocuments = corpus != .pairs && corpus != .instructions
  }

  /// Adds a document and gives the sequences that are thereby whole.
  ///
  /// - Precondition: Where documents are not packed, all the document's images fit in one sequence.
  public mutating func add(_ document: TokenizedDocument) -> [PackedSequence] {
    var finished: [PackedSequence] = []
    for piece in document.pieces(vocabulary, latents: latents) {
      let room = packsDocuments ? maximumLength - 1 : maximumLength - sequence.tokens.count
      let piece = fitted(piece, to: room)
      if sequence.tokens.count + piece.tokens.count > maximumLength {
        precondition(packsDocuments, "the images of a pair fit in one sequence")
        if let whole = finish() { finished.append(whole) }
      }
      append(piece, of: document)
    }
    if !packsDocuments, let whole = finish() { finished.append(whole) }
    return finished
  }

  /// Ends the sequence that was begun and gives it, if there is any.
  public mutating func finish() -> PackedSequence? {
    guard sequence.tokens.count > 1 else { return nil }
    defer { sequence = PackedSequence(begin: Vocabulary.begin) }
    return sequence
  }

  /// Cuts a line to so many tokens, its ending kept, and counts its tokens.
  private mutating func fitted(
    _ piece: TokenizedDocument.Piece, to room: Int
  ) -> TokenizedDocument.Piece {
    var piece = piece
    let excess = piece.tokens.count - room
    if piece.image == nil, excess > 0, room > 0 {
      piece.tokens.removeSubrange(room - 1..<piece.tokens.count - 1)
      tokens.drop(.lineTooLong, excess)
    }
    tokens.keep(piece.tokens.count)
    return piece
  }

  private mutating func append(_ piece: TokenizedDocument.Piece, of document: TokenizedDocument) {
    let start = sequence.tokens.count
    if sequence.segments.last?.document != document.id || piece.offset == 0 {
      sequence.segments.append(Segment(start: start, document: document.id, offset: piece.offset))
    }
    if let image = piece.image {
      sequence.images.append(
        PackedSequence.Image(position: start + 1, digest: document.images[image]))
    }
    sequence.tokens += piece.tokens
    sequence.lossMask += piece.tokens.indices.map { piece.isTarget($0, latents: latents) ? 1 : 0 }
  }
}

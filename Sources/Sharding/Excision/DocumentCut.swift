internal import Documents
public import Tokenization

/// What is cut out of a document's token stream when some of its images go.
///
/// An image goes with `<image>`, its latent positions and `</image>`. Where the document's last piece
/// goes, the one before it ends with `</s>` in its place, so that what is left is the token stream of
/// the document without those images.
public struct DocumentCut: Sendable {
  /// A piece of the document as a sequence holds it.
  struct Piece {
    /// Where it begins in the document's own token stream, before the cut and after it.
    var offset: Int
    var newOffset: Int
    /// How many tokens of it a sequence holds.
    var length: Int
    var isImage: Bool
    var goes: Bool
    /// Whether it becomes the last piece of the document.
    var becomesLast: Bool
  }

  let pieces: [Piece]

  /// Plans the cut.
  ///
  /// - Parameters:
  ///   - document: The document as it was packed.
  ///   - images: Which of its images go, by their index in it.
  ///   - maximumLength: The most tokens of a sequence; longer lines were cut by ``Packer``.
  public init(
    _ document: TokenizedDocument, without images: Set<Int>, vocabulary: Vocabulary, latents: Int,
    maximumLength: Int
  ) {
    let old = document.pieces(vocabulary, latents: latents)
    let isKept = old.map { piece in piece.image.map { !images.contains($0) } ?? true }
    let last = isKept.lastIndex(of: true)
    var removed = 0
    pieces = zip(old, isKept).enumerated().map { index, pair in
      let (piece, isKept) = pair
      defer { removed += isKept ? 0 : piece.tokens.count }
      let length =
        piece.image == nil ? min(piece.tokens.count, maximumLength - 1) : piece.tokens.count
      return Piece(
        offset: piece.offset, newOffset: piece.offset - removed, length: length,
        isImage: piece.image != nil, goes: !isKept,
        becomesLast: index == last && index != old.count - 1)
    }
  }
}

extension TokenizedDocument {
  /// The document without some of its images, by their index.
  public func removing(images gone: Set<Int>) -> TokenizedDocument {
    var kept: [Int: Int] = [:]
    for index in images.indices where !gone.contains(index) { kept[index] = kept.count }
    let units = self.units.compactMap { unit -> Unit? in
      guard case .image(let index) = unit else { return unit }
      return kept[index].map { .image($0) }
    }
    return TokenizedDocument(
      id: id, units: units,
      images: images.enumerated().filter { kept[$0.offset] != nil }.map(\.element),
      contextLength: contextLength)
  }
}

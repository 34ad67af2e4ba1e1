internal import Curation
internal import Documents
internal import Provenance
internal import Sharding
internal import Tokenization

/// Where in a document's content a token comes from.
public struct TokenSource: Hashable, Sendable, Codable {
  /// The place of the node among the document's nodes in its corpus.
  public var node: Int
  /// What the node is: a kind of text, `image`, or `caption` of a pair.
  public var kind: String
  /// The path of the node's element on the page.
  public var path: String
  /// The line of the node's text, where the token is text.
  public var line: String?
  /// The bytes of the line's UTF-8 that the token stands for.
  public var bytes: Range<Int>?
  /// The URL of the image, where the node is one.
  public var image: String?
  /// Whether the document, tokenized again, has this very token at this place.
  public var matches: Bool
}

/// A document tokenized again, so that its tokens lead to its nodes.
struct TokenSources {
  /// One line or image, as ``TokenizedDocument/Unit`` numbers them.
  private struct Unit {
    var node: Int
    var kind: String
    var path: String
    var line: String?
    var image: String?
  }

  private let tokenizer: Tokenizer
  private let pieces: [TokenizedDocument.Piece]
  private let units: [Unit]
  private let maximumLength: Int
  private let isPair: Bool

  /// Tokenizes a document of the interleaved or the text corpus.
  init(_ document: InterleavedDocument, _ tokenizer: Tokenizer, _ shard: ShardDescription) {
    let tokenized = TokenizedDocument(document, tokenizer: tokenizer)
    units = document.nodes.enumerated().flatMap { index, node in
      Self.units(of: node, index, document, tokenizer)
    }
    pieces = tokenized.pieces(tokenizer.vocabulary, latents: shard.latents)
    self.tokenizer = tokenizer
    maximumLength = shard.maximumLength
    isPair = false
  }

  /// Tokenizes a pair.
  init(
    _ pair: ImageTextPair, _ digest: Digest, _ tokenizer: Tokenizer, _ shard: ShardDescription
  ) {
    let tokenized = TokenizedDocument(
      pairOf: pair.document, image: digest, caption: pair.caption, tokenizer: tokenizer)
    units = [
      Unit(node: pair.ordinal, kind: "image", path: pair.image.path, image: pair.image.url),
      Unit(
        node: pair.ordinal, kind: pair.source.rawValue, path: pair.image.path,
        line: pair.caption, image: pair.image.url),
    ]
    pieces = tokenized.pieces(tokenizer.vocabulary, latents: shard.latents)
    self.tokenizer = tokenizer
    maximumLength = shard.maximumLength
    isPair = true
  }

  /// The source of the token at a position of a sequence, in a segment that begins at `start` with
  /// the document's token `offset`.
  func source(of token: Int32, at position: Int, start: Int, offset: Int) -> TokenSource? {
    var next = start
    for (index, piece) in pieces.enumerated() where piece.offset >= offset {
      // A line that fills a sequence was cut, its ending kept; see `Packer`.
      let room = piece.image == nil ? maximumLength - (isPair ? next : 1) : piece.tokens.count
      let count = min(piece.tokens.count, max(room, 1))
      guard position >= next + count else {
        let place = position - next
        let isLast = place == count - 1
        return source(of: token, piece, isLast ? piece.tokens.count - 1 : place, unit: index)
      }
      next += count
    }
    return nil
  }

  private func source(
    of token: Int32, _ piece: TokenizedDocument.Piece, _ place: Int, unit index: Int
  ) -> TokenSource? {
    guard units.indices.contains(index), piece.tokens.indices.contains(place) else { return nil }
    let unit = units[index]
    var bytes: Range<Int>?
    if let line = unit.line, piece.image == nil {
      let spans = tokenizer.encodeWithSpans(line)
      bytes = spans.indices.contains(place) ? spans[place].bytes : nil
    }
    return TokenSource(
      node: unit.node, kind: unit.kind, path: unit.path,
      line: piece.image == nil ? unit.line : nil, bytes: bytes, image: unit.image,
      matches: piece.tokens[place] == token)
  }

  private static func units(
    of node: Node, _ index: Int, _ document: InterleavedDocument, _ tokenizer: Tokenizer
  ) -> [Unit] {
    switch node {
    case .image(let image):
      guard image.resolved != nil else { return [] }
      return [Unit(node: index, kind: "image", path: image.path, image: image.url)]
    case .text(let text):
      // The rule by which documents become lines stands in Sharding; a line without a token is
      // none.
      return text.text.utf8.split(separator: 0x0A).compactMap { line in
        let line = String(Substring(line))
        if tokenizer.encode(line).isEmpty { return nil }
        return Unit(node: index, kind: text.kind.rawValue, path: text.path, line: line)
      }
    }
  }
}

public import Documents
public import Tokenization

extension TokenizedDocument {
  /// Tokenizes a document: each text node line by line, each image that was found as one unit.
  ///
  /// Lines are what `\n` separates; a line that encodes to no token is left out. An image reference
  /// without a resolved image is left out.
  public init(_ document: InterleavedDocument, tokenizer: Tokenizer) {
    var units: [Unit] = []
    var images: [Digest] = []
    for node in document.nodes {
      switch node {
      case .text(let text): units += Self.lines(text.text, tokenizer)
      case .image(let image):
        guard let digest = image.resolved?.digest else { continue }
        units.append(.image(images.count))
        images.append(digest)
      }
    }
    self.init(id: document.id, units: units, images: images)
  }

  /// Tokenizes an image and its caption; the caption is one line whatever breaks it has.
  public init(pairOf document: DocumentID, image: Digest, caption: String, tokenizer: Tokenizer) {
    let ids = tokenizer.encode(caption)
    self.init(id: document, units: [.image(0), .line(ids)], images: [image])
  }

  private static func lines(_ text: String, _ tokenizer: Tokenizer) -> [Unit] {
    encodedLines(text, tokenizer).map { .line($0) }
  }

  /// The ids of each line of a text; lines without any are left out.
  public static func encodedLines(_ text: String, _ tokenizer: Tokenizer) -> [[Int32]] {
    text.utf8.split(separator: 0x0A).map { tokenizer.encode(String(Substring($0))) }
      .filter { !$0.isEmpty }
  }
}

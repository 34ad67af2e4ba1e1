import Curation
import Documents

/// Pages and images for the tests, made from a few words.
enum Page {
  /// Fifty-six words of English.
  static let english = """
    The toolbox holds the tools that you will use most often when you draw. Click one of them to \
    choose it, and its options appear in the panel below. Every tool has a shortcut, which you can \
    change in the preferences. When you hold the pointer over a tool for a moment, a short \
    description of it is shown.
    """

  static let french = """
    La boîte à outils contient les outils que vous utilisez le plus souvent pour dessiner. Cliquez \
    sur l'un d'eux pour le choisir, et ses options apparaissent dans le panneau. Chaque outil a un \
    raccourci, que vous pouvez changer dans les préférences de l'application. Lorsque le pointeur \
    reste un moment sur un outil, une courte description en est affichée.
    """

  static func id(_ number: UInt64) -> DocumentID {
    let bytes = (0..<16).map {
      UInt8(truncatingIfNeeded: SeededHash.finish(number) >> ($0 % 8 * 8))
    }
    guard let id = DocumentID(bytes: bytes) else { fatalError("sixteen bytes") }
    return id
  }

  static func document(
    _ nodes: [Node], id number: UInt64 = 1, title: String? = "The Toolbox",
    language: String? = "en"
  ) -> InterleavedDocument {
    InterleavedDocument(
      id: id(number), url: "https://example.test/toolbox", title: title, language: language,
      nodes: nodes)
  }

  static func text(_ text: String, kind: TextNode.Kind = .paragraph) -> Node {
    .text(TextNode(text: text, kind: kind, path: "/html/body/p[1]"))
  }

  static func image(_ name: String, alt: String? = nil, caption: String? = nil) -> Node {
    .image(
      ImageReference(
        url: "https://example.test/\(name)", alt: alt, caption: caption,
        path: "/html/body/img[\(name)]"))
  }

  /// Facts of an image whose bytes are told apart by `content`.
  static func resolved(
    _ content: UInt8 = 1, width: Int = 640, height: Int = 480, isSingleColour: Bool = false,
    format: ResolvedImage.Format = .png, hash: UInt64? = nil, pageCount: Int? = nil
  ) -> ResolvedImage {
    guard let digest = Digest(bytes: [UInt8](repeating: content, count: 32)) else {
      fatalError("thirty-two bytes")
    }
    var image = ResolvedImage(
      digest: digest, format: format, width: width, height: height, byteCount: 1_000,
      isSingleColour: isSingleColour,
      // Hashes that are 8 bits apart at the least, unless one is given.
      perceptualHash: PerceptualHash(bits: hash ?? UInt64(content) &* 0x0101_0101_0101_0101),
      record: id(99),
      location: RecordLocation(
        input: 0, memberOffset: 0, memberLength: 0, recordOffset: 0, recordLength: 1))
    image.pageCount = pageCount
    return image
  }

  /// Resolves each image to different bytes, by its URL's last character.
  static func resolveAll(_ image: ImageReference) -> Decision<ResolvedImage> {
    .kept(resolved(image.url.utf8.last ?? 0))
  }
}

extension Curator {
  /// Curates a page of the English text and one image, and gives the image's pair.
  func pair(alt: String?, caption: String? = nil, text: String = Page.english) -> CuratedPair? {
    let image = Page.image("a", alt: alt, caption: caption)
    return curate(Page.document([Page.text(text), image]), resolve: Page.resolveAll).pairs.first
  }

  /// Curates a page of one text.
  func page(_ text: String, kind: TextNode.Kind = .paragraph, language: String? = nil)
    -> CuratedPage
  {
    curate(
      Page.document([Page.text(text, kind: kind)], language: language), resolve: Page.resolveAll)
  }
}

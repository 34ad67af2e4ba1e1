internal import Curation
internal import Documents

/// A document or pair of a corpus as an export sees it: texts and found images in reading order.
struct ExportedDocument {
  /// A text, or an image with the name of its file in the archive.
  enum Part {
    case text(String)
    case image(ImageReference, ResolvedImage, member: String)
  }

  /// The document.
  var id: DocumentID
  /// The page's URL.
  var url: String
  /// The archive, relative to the run directory.
  var archive: String
  /// Texts and images in reading order.
  var parts: [Part] = []

  /// Reads a document; images that were not found have no file and are left out, as in tokens.
  init(_ document: InterleavedDocument, key: String, archive: String) {
    self.init(id: document.id, url: document.url, archive: archive)
    for node in document.nodes {
      switch node {
      case .text(let text): parts.append(.text(text.text))
      case .image(let image): add(image, key: key)
      }
    }
  }

  /// Reads a pair: the image, then its caption.
  init(_ pair: ImageTextPair, key: String, archive: String) {
    self.init(id: pair.document, url: pair.page, archive: archive)
    add(pair.image, key: key)
    parts.append(.text(pair.caption))
  }

  private init(id: DocumentID, url: String, archive: String) {
    self.id = id
    self.url = url
    self.archive = archive
  }

  /// How many images it shows.
  var imageCount: Int {
    parts.count { if case .image = $0 { true } else { false } }
  }

  private mutating func add(_ image: ImageReference, key: String) {
    guard let resolved = image.resolved else { return }
    let format = resolved.stored?.format ?? resolved.format
    parts.append(.image(image, resolved, member: "\(key).\(imageCount).\(format.fileExtension)"))
  }
}

extension ResolvedImage {
  /// The digest of the file that the corpora hold.
  var fileDigest: Digest { stored?.digest ?? digest }
}

internal import Compression
internal import Curation
internal import Documents
internal import Foundation
internal import ImageDecoding
internal import Provenance
internal import Sharding
internal import WebAddress

/// Writes the corpora of one part: a WebDataset archive of each, and a list of the images they show.
///
/// Image bytes are copied from the archive they were crawled into, unless they are too large.
final class CorpusWriter {
  private let writer: PartitionWriter
  private var archives: [Corpus: TarWriter] = [:]
  private var shown: JSONLinesWriter?
  private var listed: Set<Digest> = []
  private var images: ImageBytesReader
  private let store: ImageStore
  /// The files that were made for the page that is being written; its document and its pairs share them.
  private var files: [Digest: ImageStore.File] = [:]
  private var noted: Set<Digest> = []
  private let encoder = JSONEncoder()
  /// The pages that were judged, by the language that they were found to be in.
  private var languages: [String: DocumentGroup] = [:]
  /// The domain and language of the page that is being written.
  private var group: (domain: String, language: String?) = ("", nil)

  init(run: RunContext, part: Int, writer: PartitionWriter) throws {
    images = ImageBytesReader(run)
    self.writer = writer
    let settings = run.configuration.images
    store = ImageStore(rules: settings.store, limits: settings.limits)
    shown = try JSONLinesWriter(path: writer.output(RunDirectory.shownImages(part)))
    for corpus in Corpus.crawled {
      let path = writer.output(RunDirectory.corpus(corpus, part))
      archives[corpus] = try TarWriter(path: path)
    }
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  /// Writes what one page gives to each corpus.
  func write(_ page: CuratedPage, of document: InterleavedDocument) throws {
    files.removeAll(keepingCapacity: true)
    group = (WebURL(parsing: document.url)?.host ?? "", page.language)
    count(document)
    if let interleaved = page.interleaved.value {
      try add(interleaved, to: .interleaved)
    }
    for pair in page.pairs.compactMap(\.decision.value) { try add(pair) }
    if let text = page.text.value { try add(text, to: .text) }
  }

  /// Says which pages are written next, so that their images are brought together.
  func expect(_ pages: some Sequence<CuratedPage>) { images.expect(pages.flatMap(\.shownImages)) }

  /// The images that writing a page reads out of a store.
  func imagesToBring(for page: CuratedPage) throws -> [ResolvedImage] {
    try page.shownImages.filter { try !images.isAtHand($0) }
  }

  /// Ends all files.
  func commit() throws {
    for corpus in Corpus.crawled { try archives[corpus]?.commit() }
    guard let shown = shown.take() else { preconditionFailure("a part is ended once") }
    try shown.commit()
    for group in languages.values.sorted(by: { $0.value < $1.value }) {
      try writer.record(.group(group))
    }
  }

  private func count(_ document: InterleavedDocument) {
    let language = group.language ?? ""
    var counted = languages[language] ?? DocumentGroup(kind: .language, value: language)
    counted.documents += 1
    counted.characters += document.texts.reduce(0) { $0 + $1.text.count }
    languages[language] = counted
  }

  private func add(_ curated: InterleavedDocument, to corpus: Corpus) throws {
    var document = curated
    document.nodes = try curated.nodes.map { node in
      guard case .image(let image) = node else { return node }
      return .image(try stored(image))
    }
    let key = document.id.description
    try archives[corpus]?.add(encoder.encode(document), as: key + ".json")
    for (ordinal, image) in document.images.compactMap(\.resolved).enumerated() {
      try add(image, to: corpus, name: "\(key).\(ordinal)")
    }
    try writer.record(
      .corpusDocument(
        .init(
          corpus: corpus, document: document.id, nodes: document.nodes.count,
          images: document.images.count,
          characters: document.texts.reduce(0) { $0 + $1.text.count }, domain: group.domain,
          language: group.language)))
  }

  private func add(_ curated: ImageTextPair) throws {
    var pair = curated
    pair.image = try stored(curated.image)
    guard let image = pair.image.resolved else {
      preconditionFailure("a pair is kept only with an image that was found")
    }
    try archives[.pairs]?.add(encoder.encode(pair), as: pair.key + ".json")
    try add(image, to: .pairs, name: pair.key + ".0")
    try writer.record(
      .pair(
        .init(
          document: pair.document, image: pair.ordinal, digest: image.digest,
          source: pair.source == .caption ? .caption : .alt, characters: pair.caption.count,
          domain: group.domain, language: group.language)))
  }

  private func add(_ image: ResolvedImage, to corpus: Corpus, name: String) throws {
    let file = try file(of: image)
    try archives[corpus]?.add(file.bytes, as: "\(name).\(file.format.fileExtension)")
    if listed.insert(image.digest).inserted { try shown?.write(image) }
  }

  /// The image with what the corpora hold of it.
  private func stored(_ image: ImageReference) throws -> ImageReference {
    guard let resolved = image.resolved else { return image }
    var reference = image
    let stored = try file(of: resolved).stored
    reference.resolved?.stored = stored
    if let stored, noted.insert(resolved.digest).inserted {
      try writer.record(.storedImage(.init(digest: resolved.digest, stored: stored)))
    }
    return reference
  }

  private func file(of image: ResolvedImage) throws -> ImageStore.File {
    if let file = files[image.digest] { return file }
    let file = store.file(of: image, bytes: try images.bytes(of: image))
    // Crawled files are quickly read again, and a page may show thousands.
    if file.stored != nil { files[image.digest] = file }
    return file
  }
}

extension CuratedPage {
  /// The images that the corpora take of the page, in the order in which they are written.
  fileprivate var shownImages: [ResolvedImage] {
    let pairs = pairs.compactMap(\.decision.value?.image.resolved)
    return (interleaved.value?.images ?? []).compactMap(\.resolved) + pairs
  }
}

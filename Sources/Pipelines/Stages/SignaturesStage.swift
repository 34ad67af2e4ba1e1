internal import Compression
internal import Curation
internal import Deduplication
public import Documents
internal import WebAddress

/// Makes the signatures that duplicates are found by, and lists the image URLs of each document.
///
/// A partition is a part of the extracted documents.
public struct SignaturesStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .signatures }

  /// Plans one partition for each part of the extracted documents.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let rules = run.configuration.deduplicate
    let languages = run.configuration.curate.language.accepted
    return try run.manifests(of: .extract).map { manifest in
      let part = manifest.partition
      return Partition(
        index: part,
        // Thresholds are left out: they change what signatures say, and not the signatures.
        key: try PartitionKey().reading(manifest.outputs.map(\.digest))
          .with("version", SignatureFile.version)
          .with("signature", [rules.near.shingle, rules.near.bands, rules.near.rows])
          .with("near", rules.near.enabled).with("paragraphs", rules.paragraphs.enabled)
          .with("minimumImages", rules.images.minimumImages).with("languages", languages),
        work: Int64(manifest.counts[.page].kept), reads: [RunDirectory.documents(part)]
      ) { writer in
        let signer = DocumentSigner(rules: rules, languages: languages)
        var signatures = SignatureWriter(
          path: writer.output(RunDirectory.signatures(part)), bands: rules.near.bands)
        var documents = try JSONLinesReader<InterleavedDocument>(
          path: run.directory.path(RunDirectory.documents(part)))
        let images = try ImageURLWriter(path: writer.output(RunDirectory.imageURLs(part)))
        while let document = try documents.next() {
          try writer.checkInterruption()
          signatures.add(signer.signature(of: document))
          try images.add(document)
          writer.advance(by: 1)
        }
        try signatures.commit()
        try images.commit()
        return StageCounts()
      }
    }
  }
}

/// Makes the signature of a document.
struct DocumentSigner {
  private let rules: DeduplicationConfiguration
  private let languages: [String]
  private let minHash: MinHash

  /// - Parameter languages: The languages that curation accepts; none for all of them.
  init(rules: DeduplicationConfiguration, languages: [String]) {
    self.rules = rules
    self.languages = languages
    minHash = MinHash(bands: rules.near.bands, rows: rules.near.rows)
  }

  func signature(of document: InterleavedDocument) -> DocumentSignature {
    var words = WordHashes()
    for text in document.texts { words.add(text.text) }
    let url = WebURL(parsing: document.url)
    let shingles =
      rules.near.enabled
      ? Shingles(words, length: rules.near.shingle) : Shingles(WordHashes(), length: 1)
    let urls = Set(document.images.map { WebURL(parsing: $0.url)?.normalized ?? $0.url })
    return DocumentSignature(
      id: document.id, rank: rank(of: document, url: url),
      url: DocumentSignature.hash(url?.normalized ?? document.url),
      // A few words, such as those of a page for one picture of many, say nothing about the page.
      text: words.values.count < rules.near.shingle ? 0 : words.digest,
      images: imageSet(urls), host: url.flatMap(\.host).map(DocumentSignature.hash) ?? 0,
      imageMask: DocumentSignature.imageMask(of: urls), texts: document.texts.count,
      shingles: shingles,
      bands: shingles.values.isEmpty ? [] : minHash.signature(of: shingles),
      paragraphs: rules.paragraphs.enabled ? paragraphs(document, host: url?.host ?? "") : [])
  }

  /// Which page of a cluster stays: the one of the least rank.
  ///
  /// A page that declares another language than the accepted ones comes last: a translation of which only
  /// headings are translated yet is nearly the same, and the original the better page. Otherwise a page
  /// that names itself as the canonical one comes before one that says nothing, and that before one
  /// that names another.
  private func rank(of document: InterleavedDocument, url: WebURL?) -> UInt32 {
    (declaresOtherLanguage(document) ? 3 : 0) + canonicalRank(of: document, url: url)
  }

  private func declaresOtherLanguage(_ document: InterleavedDocument) -> Bool {
    guard let declared = document.language.map(primaryTag), !declared.isEmpty else { return false }
    return !languages.isEmpty && !languages.contains { primaryTag($0) == declared }
  }

  /// The language of a BCP 47 tag, without script and region.
  private func primaryTag(_ tag: String) -> String {
    tag.lowercased().prefix { $0 != "-" && $0 != "_" }.description
  }

  private func canonicalRank(of document: InterleavedDocument, url: WebURL?) -> UInt32 {
    guard let canonical = document.canonicalURL.flatMap({ WebURL(parsing: $0) }) else { return 1 }
    return canonical.normalized == url?.normalized ? 0 : 2
  }

  private func imageSet(_ urls: Set<String>) -> UInt64 {
    guard urls.count >= rules.images.minimumImages else { return 0 }
    let sorted = urls.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return DocumentSignature.hash(sorted.joined(separator: "\n"))
  }

  private func paragraphs(
    _ document: InterleavedDocument, host: String
  ) -> [DocumentSignature.Paragraph] {
    document.nodes.enumerated().compactMap { ordinal, node in
      guard case .text(let text) = node else { return nil }
      let words = WordHashes(text.text)
      if words.values.isEmpty { return nil }
      return .init(
        key: DocumentSignature.hash("\(host) \(words.digest)"), node: UInt32(ordinal))
    }
  }
}

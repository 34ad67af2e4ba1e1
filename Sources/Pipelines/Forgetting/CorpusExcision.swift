internal import Curation
internal import Documents
internal import Foundation
internal import Provenance
internal import Sharding

/// Finds what goes of the corpora, and writes them without it.
struct CorpusExcision {
  let directory: RunDirectory
  let list: ForgottenList

  /// The documents that go as a whole, by corpus.
  private(set) var documents: [Corpus: Set<DocumentID>] = [:]
  /// The interleaved documents that stay, with the images that go, by their place among those found.
  private(set) var cuts: [DocumentID: Set<Int>] = [:]
  /// The rows of those documents as they are without the images.
  private(set) var rows: [DocumentID: CorpusDocumentRow] = [:]
  /// The pairs that go.
  private(set) var pairs: Set<ShardExcision.Pair> = []
  /// The images that a document or pair loses.
  private(set) var lost: Set<Digest> = []
  /// The archives that hold any of it.
  private(set) var archives: Set<String> = []
  private(set) var counts = ForgetCounts()

  init(directory: RunDirectory, list: ForgottenList) {
    self.directory = directory
    self.list = list
  }

  /// What becomes of a sample.
  private enum Change {
    case kept
    case dropped
    /// The document without images, of which those of these places stay.
    case cut(InterleavedDocument, kept: [Int])
  }

  /// Looks through an archive for what goes.
  mutating func search(_ corpus: Corpus, part: Int) throws {
    let name = RunDirectory.corpus(corpus, part)
    try Self.forEachSample(archive(corpus, part)) { sample, json, _ in
      if corpus == .pairs {
        let pair = try JSONDecoder().decode(ImageTextPair.self, from: Data(json))
        note(pair, in: name)
      } else {
        let document = try JSONDecoder().decode(InterleavedDocument.self, from: Data(json))
        note(document, of: corpus, in: name)
      }
    }
  }

  private mutating func note(_ pair: ImageTextPair, in archive: String) {
    guard list.records.contains(pair.document) || list.match(pair.image),
      let digest = pair.image.resolved?.digest
    else { return }
    pairs.insert(.init(document: pair.document, image: digest))
    lost.insert(digest)
    archives.insert(archive)
    counts[.pairs].documents += 1
    counts[.pairs].images += 1
  }

  private mutating func note(
    _ document: InterleavedDocument, of corpus: Corpus, in archive: String
  ) {
    let found = document.images.filter { $0.resolved != nil }
    let digests = found.compactMap(\.resolved?.digest)
    switch change(of: document) {
    case .kept: return
    case .dropped:
      documents[corpus, default: []].insert(document.id)
      lost.formUnion(digests)
      counts[corpus].documents += 1
      counts[corpus].images += digests.count
    case .cut(let rest, let kept):
      let gone = Set(digests.indices).subtracting(kept)
      cuts[document.id] = gone
      rows[document.id] = CorpusDocumentRow(
        corpus: corpus, document: rest.id, nodes: rest.nodes.count, images: rest.images.count,
        characters: rest.texts.reduce(0) { $0 + $1.text.count })
      lost.formUnion(gone.map { digests[$0] })
      counts[corpus].changed += 1
      counts[corpus].images += gone.count
    }
    archives.insert(archive)
  }

  /// An interleaved document that would be left without an image goes: one without is none.
  private func change(of document: InterleavedDocument) -> Change {
    if list.records.contains(document.id) { return .dropped }
    let isGone = document.images.contains { list.match($0) }
    guard isGone else { return .kept }
    var rest = document
    rest.nodes = document.nodes.filter { node in
      guard case .image(let image) = node else { return true }
      return !list.match(image)
    }
    let found = document.images.filter { $0.resolved != nil }
    let kept = found.indices.filter { !list.match(found[$0]) }
    return kept.isEmpty ? .dropped : .cut(rest, kept: Array(kept))
  }

  /// Those of some images that the corpora still show, and the part of each.
  func stillShown(_ images: Set<Digest>, part: Int) throws -> Set<Digest> {
    var shown: Set<Digest> = []
    if images.isEmpty { return shown }
    for corpus in [Corpus.interleaved, .pairs] {
      try Self.forEachSample(archive(corpus, part)) { _, json, _ in
        for digest in try kept(json, corpus) where images.contains(digest) { shown.insert(digest) }
      }
    }
    return shown
  }

  /// The images that stay of a document or pair.
  private func kept(_ json: [UInt8], _ corpus: Corpus) throws -> [Digest] {
    if corpus == .pairs {
      let pair = try JSONDecoder().decode(ImageTextPair.self, from: Data(json))
      guard let digest = pair.image.resolved?.digest else { return [] }
      return goes(pair, digest) ? [] : [digest]
    }
    let document = try JSONDecoder().decode(InterleavedDocument.self, from: Data(json))
    switch change(of: document) {
    case .kept: return document.images.compactMap(\.resolved?.digest)
    case .dropped: return []
    case .cut(let rest, _): return rest.images.compactMap(\.resolved?.digest)
    }
  }

  private func goes(_ pair: ImageTextPair, _ digest: Digest) -> Bool {
    pairs.contains(.init(document: pair.document, image: digest))
  }

  /// Writes an archive without what goes; the other samples keep their bytes and their order.
  func rewrite(_ corpus: Corpus, part: Int, to target: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let tar = try TarWriter(path: target)
    try Self.forEachSample(archive(corpus, part)) { sample, json, reader in
      let change: Change
      if corpus == .pairs {
        let pair = try JSONDecoder().decode(ImageTextPair.self, from: Data(json))
        change = pair.image.resolved.map { goes(pair, $0.digest) } ?? false ? .dropped : .kept
      } else {
        let document = try JSONDecoder().decode(InterleavedDocument.self, from: Data(json))
        change = self.change(of: document)
      }
      switch change {
      case .dropped: return
      case .kept:
        for entry in sample.entries { try tar.add(reader.bytes(of: entry), as: entry.name) }
      case .cut(let rest, let kept):
        try tar.add(encoder.encode(rest), as: sample.key + ".json")
        let files = sample.entries.filter { $0.suffix != "json" }
        for (ordinal, place) in kept.enumerated() {
          let fileType = files[place].suffix.drop { $0 != "." }
          try tar.add(
            reader.bytes(of: files[place]), as: "\(sample.key).\(ordinal)\(fileType)")
        }
      }
    }
    try tar.commit()
  }

  private func archive(_ corpus: Corpus, _ part: Int) -> String {
    directory.path(RunDirectory.corpus(corpus, part))
  }

  private static func forEachSample(
    _ path: String,
    _ body: (SampleReader.Sample, [UInt8], SampleReader) throws -> Void
  ) throws {
    var reader = try SampleReader(path: path)
    while let sample = try reader.next() {
      guard let entry = sample["json"] else {
        throw RunError(
          .damaged,
          "'\(path)' has no \(sample.key).json; run `weft verify`, then the pipeline again")
      }
      try body(sample, reader.bytes(of: entry), reader)
    }
  }
}

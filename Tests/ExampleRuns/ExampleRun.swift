import Compression
import Curation
package import Documents
import Foundation
import Hashing
import ImageDecoding
import Inspection
import Provenance
import Sharding
import Storage
package import TestSupport
import Tokenization
import WebArchive

/// A small run directory, written by the writers that a pipeline writes with.
package final class ExampleRun: Sendable {
  package static let pageCount = 24
  package static let latents = 4
  package static let hostile = "<script>alert(\"1\")</script> & \u{202E}reversed\u{1B}[31m"

  package let directory = TemporaryDirectory()
  package let archive: String
  package let documents: [InterleavedDocument]
  private let records: [RecordRow]
  private let images: [(image: ResolvedImage, url: String, bytes: [UInt8])]

  package var path: String { directory.file("run") }
  package var paths: RunDirectory { RunDirectory(path) }

  package init() throws {
    archive = directory.file("crawl.warc")
    let pictures = (0..<6).map { PNGEncoder.encode(Self.picture($0)) }
    let crawl = ExampleCrawl(pages: Self.pageCount, pictures: pictures)
    try AtomicFile.write(crawl.bytes, to: archive)
    let digest = try Digest(ofFile: archive)
    records = try crawl.rows(archive, digest)
    let shown = records.filter { $0.kind == .image }
    images = zip(shown, pictures).enumerated().map { index, found in
      let picture = Self.picture(index)
      let image = ResolvedImage(
        digest: Digest(of: found.1), format: .png, width: picture.width, height: picture.height,
        byteCount: found.1.count, isSingleColour: false,
        perceptualHash: PerceptualHash(bits: UInt64(index)), record: found.0.id,
        location: found.0.location)
      return (image, found.0.url ?? "", found.1)
    }
    let resolved = images
    documents = records.filter { $0.kind == .page }.enumerated().map { number, record in
      Self.document(number, record, resolved.map { ($0.image, $0.url) })
    }
    try writeCorpora()
    try writeTokenizerAndShards()
    try writeLedger(digest)
    try writeMetrics()
  }

  /// A copy that a test may damage.
  package func copy(to other: TemporaryDirectory) throws -> String {
    try copyTree(path, other.file("run"))
    return other.file("run")
  }

  private func copyTree(_ from: String, _ to: String) throws {
    for name in try Directory.names(in: from) {
      let (source, target) = (from + "/" + name, to + "/" + name)
      if Directory.isDirectory(source) {
        try copyTree(source, target)
      } else {
        try AtomicFile.write(try FileSystem.read(source), to: target)
      }
    }
  }

  private static func picture(_ number: Int) -> DecodedImage {
    let (width, height) = (300 + number, 48)
    let pixels = (0..<width * height).flatMap { place -> [UInt8] in
      let (x, y) = (place % width, place / width)
      return [UInt8(x * 255 / width), UInt8(y * 255 / height), UInt8(number * 40)]
    }
    return DecodedImage(width: width, height: height, pixels: pixels)
  }

  private static func document(
    _ number: Int, _ record: RecordRow, _ images: [(image: ResolvedImage, url: String)]
  ) -> InterleavedDocument {
    let image = images[number % images.count]
    let node = ImageReference(
      url: image.url, alt: "a picture of number \(number)", path: "/html/body/img[1]",
      resolved: image.image)
    var nodes: [Node] = [
      .text(TextNode(text: "Page \(number)", kind: .heading, level: 1, path: "/html/body/h1")),
      .image(.init(url: "https://example.org/lost.png", path: "/html/body/img[2]")),
      .text(TextNode(text: ExampleCrawl.text(number), path: "/html/body/p[1]")),
      .image(node),
      .text(
        TextNode(
          text: "first line \(number)\n\nsecond line of code", kind: .code, path: "/html/body/pre")
      ),
    ]
    if number == 3 { nodes.append(.text(TextNode(text: hostile, path: "/html/body/p[2]"))) }
    return InterleavedDocument(
      id: record.id, url: record.url ?? "", title: "Page \(number) \(number == 3 ? hostile : "")",
      language: "en", nodes: nodes)
  }
}

extension ExampleRun {
  private func pair(_ document: InterleavedDocument) -> ImageTextPair? {
    guard let image = document.images.last else { return nil }
    return ImageTextPair(
      document: document.id, page: document.url, ordinal: 1, image: image,
      caption: image.alt ?? "", source: .alt)
  }

  private func writeCorpora() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for corpus in Corpus.crawled {
      let tar = try TarWriter(path: paths.path(RunDirectory.corpus(corpus, 0)))
      for document in documents {
        let picture = images.first { $0.image == document.images.last?.resolved }
        switch corpus {
        case .pairs:
          let key = "\(document.id)-0001"
          if let pair = pair(document) { try tar.add(encoder.encode(pair), as: key + ".json") }
          try tar.add(picture?.bytes ?? [], as: key + ".0.png")
        case .interleaved:
          try tar.add(encoder.encode(document), as: "\(document.id).json")
          try tar.add(picture?.bytes ?? [], as: "\(document.id).0.png")
        case .text: try tar.add(encoder.encode(textOnly(document)), as: "\(document.id).json")
        case .instructions: fatalError("no crawl gives instructions")
        }
      }
      try tar.commit()
    }
  }

  private func textOnly(_ document: InterleavedDocument) -> InterleavedDocument {
    var document = document
    document.nodes = document.texts.map { .text($0) }
    return document
  }

  private func writeTokenizerAndShards() throws {
    let lines = documents.flatMap { $0.texts.map(\.text) }
    let model = paths.path(RunDirectory.tokenizer)
    try AtomicFile.write(try TokenizerTrainer(pieces: 80).train(lines: lines), to: model)
    let tokenizer = try Tokenizer(modelPath: model)
    let digest = try Digest(ofFile: model)
    for corpus in Corpus.crawled {
      var writer = TokenizedPartWriter(corpus: corpus, tokenizer: digest)
      for document in documents {
        if corpus == .pairs, let pair = pair(document), let image = pair.image.resolved {
          writer.add(
            TokenizedDocument(
              pairOf: document.id, image: image.digest, caption: pair.caption,
              tokenizer: tokenizer))
        } else if corpus != .pairs {
          let shown = corpus == .text ? textOnly(document) : document
          writer.add(TokenizedDocument(shown, tokenizer: tokenizer))
        }
      }
      let part = paths.path(RunDirectory.tokens(corpus, 0))
      try writer.write(to: part)
      let description = ShardDescription(
        corpus: corpus, split: .train, tokenizer: digest, encoder: digest,
        preprocessing: "test", maximumLength: 48, vocabularySize: tokenizer.vocabulary.size,
        latents: Self.latents, featureTokens: 2, featureWidth: 4)
      var sharder = CorpusSharder(
        description, vocabulary: tokenizer.vocabulary, seed: 1, validationFraction: 0.2)
      sharder.shardByteCount = 4000
      _ = try sharder.write(
        [try TokenizedPart(path: part)], to: paths.path(RunDirectory.shards(corpus))
      ) { _ in [UInt8](repeating: 0, count: description.featureByteCount) }
    }
  }

  private func writeMetrics() throws {
    var lines = ""
    for step in 1...50 {
      let loss = 5.0 / Double(step).squareRoot()
      lines += """
        {"type":"train","step":\(step),"loss":\(loss),"losses":{"text":\(loss),"pairs":\(loss + 1),\
        "interleaved":\(loss + 0.5)},"learningRate":0.0002,"gradientNorm":1.5,\
        "positions":{"text":100,"pairs":\(step),"interleaved":0},\
        "padding":{"text":0.25,"pairs":\(step == 1 ? 1 : 0),"interleaved":null},\
        "tokensPerSecond":900}

        """
      if step % 25 == 0 {
        lines += """
          {"type":"validation","step":\(step),"results":{"text":{"loss":\(loss),"unigram":5.5,\
          "targets":10}}}

          """
      }
    }
    try AtomicFile.write(lines + "{\"step\": half a li", to: paths.path("metrics/metrics.jsonl"))
  }
}

extension ExampleRun {
  private func writeLedger(_ digest: Digest) throws {
    let ledger = try Ledger.create(
      path: paths.path(RunDirectory.ledger),
      run: RunDescription(id: "0123abcd", format: 1, weft: "0.1.0", pipeline: "seed: 1 # <b>"))
    try merge(readRows(digest), .read, ledger)
    try merge(extractRows, .extract, ledger)
    try merge(imageRows, .images, ledger)
    try merge(curateRows, .curate, ledger)
    try merge(try shardRows(), .shard, ledger)
  }

  private func merge(_ rows: [LedgerRow], _ stage: StageName, _ ledger: Ledger) throws {
    let path = paths.path(RunDirectory.ledgerPart(stage, 0))
    var writer = try JSONLinesWriter(path: path)
    for row in rows { try writer.write(row) }
    try writer.commit()
    try ledger.merge(stage: stage, partition: 0, part: path, digest: try Digest(ofFile: path))
  }

  private func readRows(_ digest: Digest) throws -> [LedgerRow] {
    var counts = StageCounts()
    for record in records {
      if let reason = record.reason { counts[.record].drop(reason) } else { counts[.record].keep() }
    }
    let size = FileSystem.size(archive) ?? 0
    return [.input(InputRow(input: 0, path: archive, bytes: size, digest: digest))]
      + records.map { .record($0) } + [.counts(counts)]
  }

  private var extractRows: [LedgerRow] {
    var counts = StageCounts()
    counts[.page].keep(documents.count)
    return documents.map { document in
      .document(
        DocumentRow(
          id: document.id, url: document.url, domain: "example.org", title: document.title,
          language: "en", nodes: document.nodes.count, images: 2,
          characters: document.text.count))
    } + [.counts(counts)]
  }

  private var imageRows: [LedgerRow] {
    var counts = StageCounts()
    counts[.imageResponse].keep(images.count)
    return images.map { .image(ImageRow($0.image, url: $0.url)) } + [.counts(counts)]
  }

  private var curateRows: [LedgerRow] {
    var counts = StageCounts()
    var rows: [LedgerRow] = []
    for document in documents {
      for (place, image) in document.images.enumerated() {
        rows.append(
          .documentImage(
            DocumentImageRow(
              document: document.id, image: place, url: image.url,
              digest: image.resolved?.digest)))
      }
      for corpus in [Corpus.interleaved, .text] {
        rows.append(
          .corpusDocument(
            CorpusDocumentRow(
              corpus: corpus, document: document.id, nodes: document.nodes.count,
              images: corpus == .text ? 0 : 2, characters: document.text.count,
              domain: "example.org", language: "en")))
      }
      if let pair = pair(document), let image = pair.image.resolved {
        rows.append(
          .pair(
            PairRow(
              document: document.id, image: 1, digest: image.digest, source: .alt,
              characters: pair.caption.count, domain: "example.org", language: "en")))
      }
      rows.append(
        .decision(
          DecisionRow(
            unit: .image, subject: .record(document.id), place: 0, path: "/html/body/img[2]",
            reason: Reason(Reason.Code("imageNotFound"), detail: Self.hostile))))
      counts[.image].keep()
      counts[.image].drop(Reason.Code("imageNotFound"))
    }
    counts[.interleaved].keep(documents.count)
    counts[.text].keep(documents.count)
    counts[.pair].keep(documents.count)
    return rows + [.counts(counts)]
  }

  private func shardRows() throws -> [LedgerRow] {
    var rows: [LedgerRow] = []
    var counts = StageCounts()
    for corpus in Corpus.crawled {
      let index = try ShardIndex(directory: paths.path(RunDirectory.shards(corpus)))
      for (number, entry) in index.shards.enumerated() {
        let relative = RunDirectory.shards(corpus) + "/" + entry.file
        rows.append(
          .shard(
            ShardRow(
              corpus: corpus, shard: number, split: entry.split == .train ? .train : .validation,
              path: relative, bytes: entry.bytes, digest: entry.sha256,
              sequences: entry.counts.sequences, tokens: entry.counts.tokens,
              images: entry.counts.slots, maximumLength: 48)))
        rows.append(
          .artefact(ArtefactRow(path: relative, bytes: entry.bytes, digest: entry.sha256)))
        counts[.sequence].keep(entry.counts.sequences)
        rows += try segmentRows(Shard(path: paths.path(relative)), corpus, number)
      }
    }
    return rows + [.counts(counts)]
  }

  private func segmentRows(
    _ shard: Shard, _ corpus: Corpus, _ number: Int
  ) throws -> [LedgerRow] {
    try (0..<shard.count).flatMap { index in
      let sequence = try shard.sequence(at: index)
      let ends = sequence.segments.dropFirst().map(\.start) + [sequence.tokens.count]
      return zip(sequence.segments, ends).map { segment, end -> LedgerRow in
        .segment(
          SegmentRow(
            corpus: corpus, shard: number, sequence: index, start: segment.start,
            length: end - segment.start, document: segment.document,
            documentOffset: segment.offset))
      }
    }
  }
}

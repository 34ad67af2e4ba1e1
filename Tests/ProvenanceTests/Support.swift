import Compression
import Documents
import Hashing
import Provenance
import TestSupport

let exampleRun = RunDescription(id: "a1b2", format: 1, weft: "0.1.0", pipeline: "seed: 0")

func exampleID(_ number: Int) -> RecordID {
  RecordID(archive: Digest(of: []), memberOffset: Int64(number), recordOffset: 0)
}

func exampleDigest(_ text: String) -> Digest { Digest(of: Array(text.utf8)) }

/// A group that a stage counted itself.
func languageGroup(documents: Int) -> DocumentGroup {
  var group = DocumentGroup(kind: .language, value: "en")
  group.documents = documents
  return group
}

/// One row of every kind, all about the page of a number.
func exampleRows(_ number: Int) -> [LedgerRow] {
  let id = exampleID(number)
  let url = "https://example.org/\(number).html"
  let digest = exampleDigest("image \(number)")
  let location = RecordLocation(
    input: 0, memberOffset: Int64(number) * 100, memberLength: 90, recordOffset: 0,
    recordLength: 300)
  var counts = StageCounts()
  counts[.page].keep(number + 1)
  counts[.page].drop(Reason.Code("notEnglish"), 2)
  return [
    .input(InputRow(input: 0, path: "crawl.warc.gz", bytes: 1000, digest: exampleDigest("crawl"))),
    .record(
      RecordRow(
        id: id, location: location, kind: .page, url: url, status: 200, mediaType: "text/html")),
    .document(
      DocumentRow(
        id: id, url: url, domain: "example.org", title: "Page \(number)", language: "en",
        nodes: 3, images: 1, characters: 100 + number)),
    .image(
      ImageRow(
        digest: digest, record: id, url: url + ".png", format: .png, width: 64, height: 80,
        bytes: 900, isSingleColour: false,
        perceptualHash: PerceptualHash(bits: .max - UInt64(number)))),
    .storedImage(
      StoredImageRow(
        digest: digest,
        stored: StoredImage(
          digest: digest, format: .jpeg, width: 32, height: 40, byteCount: 500))),
    .documentImage(DocumentImageRow(document: id, image: 0, url: url + ".png", digest: digest)),
    .corpusDocument(
      CorpusDocumentRow(corpus: .interleaved, document: id, nodes: 2, images: 1, characters: 90)),
    .corpusDocument(
      CorpusDocumentRow(corpus: .text, document: id, nodes: 1, images: 0, characters: 90)),
    .pair(PairRow(document: id, image: 0, digest: digest, source: .alt, characters: 12)),
    .decision(
      DecisionRow(
        unit: .node, subject: .record(id), place: 2, path: "/html/body/p[3]",
        reason: Reason(
          Reason.Code("tooShort"), measured: 3, threshold: 5, detail: "\"quoted\" | \u{202E}"))),
    .decision(
      DecisionRow(
        unit: .distinctImage, subject: .image(digest), reason: Reason(Reason.Code("tooSmall")))),
    .counts(counts), .histogram(HistogramRow(metric: .featureMagnitude, values: [number, -1, 20])),
    .group(languageGroup(documents: 1)),
    .shard(
      ShardRow(
        corpus: .text, shard: number, split: .train, path: "shards/text/shard-\(number)",
        bytes: 10, digest: digest, sequences: 1, tokens: 20, images: 0)),
    .segment(
      SegmentRow(
        corpus: .text, shard: number, sequence: 0, start: 1, length: 9, document: id,
        documentOffset: 0)),
    .segment(
      SegmentRow(
        corpus: .text, shard: number, sequence: 0, start: 12, length: 8, document: id,
        documentOffset: 9, image: 4)),
    .artefact(ArtefactRow(path: "documents/\(number)", bytes: 5, digest: digest)),
  ]
}

/// A part file on disk.
struct Part {
  var path: String
  var digest: Digest

  init(_ rows: [LedgerRow], at path: String) throws {
    var writer = try JSONLinesWriter(path: path)
    for row in rows { try writer.write(row) }
    try writer.commit()
    self.path = path
    digest = try Digest(ofFile: path)
  }
}

extension Ledger {
  func merge(_ part: Part, stage: StageName = .read, partition: Int = 0) throws -> Bool {
    try merge(stage: stage, partition: partition, part: part.path, digest: part.digest)
  }

  func lines() throws -> [String] {
    var lines: [String] = []
    try dump { lines.append($0) }
    return lines
  }
}

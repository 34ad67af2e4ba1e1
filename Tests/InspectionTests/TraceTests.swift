import Documents
import ExampleRuns
import Foundation
import Provenance
import Sharding
import Storage
import TestSupport
import Testing
import Tokenization
import WebArchive

@testable import Inspection

@Suite struct TraceTests {
  let example: ExampleRun
  let run: InspectedRun

  init() throws {
    example = try InspectionTests.example.get()
    run = try InspectedRun(example.path)
  }

  /// Every token of every shard leads to the node that it was made of, and to its record.
  @Test(arguments: Corpus.crawled)
  func everyTokenLeadsToItsNode(corpus: Corpus) throws {
    let tokenizer = try run.tokenizer()
    var traced = 0
    for row in try run.ledger.shards(corpus) {
      let shard = try run.shard(corpus, row.shard)
      for index in 0..<shard.count {
        let sequence = try shard.sequence(at: index)
        for position in sequence.tokens.indices.dropFirst() where position % 11 == index % 11 {
          let segment = try #require(
            try run.ledger.segment(
              corpus, shard: row.shard, sequence: index, position: position))
          let source = try #require(
            try run.source(
              of: sequence.tokens[position], at: position, segment, sequence, shard, tokenizer))
          #expect(source.matches, "\(row.path), \(index), \(position)")
          check(source, sequence.tokens[position], segment.document, tokenizer, corpus)
          traced += 1
        }
      }
    }
    #expect(traced > 20)
  }

  private func check(
    _ source: TokenSource, _ token: Int32, _ id: DocumentID, _ tokenizer: Tokenizer,
    _ corpus: Corpus
  ) {
    let document = example.documents.first { $0.id == id }
    guard let line = source.line else {
      #expect(source.image?.hasSuffix(".png") == true)
      return
    }
    if corpus == .pairs {
      #expect(line.hasPrefix("a picture of number"))
    } else {
      #expect(document?.texts.contains { $0.path == source.path && $0.text.contains(line) } == true)
    }
    guard let bytes = source.bytes, !bytes.isEmpty, tokenizer.vocabulary.textIDs.contains(token)
    else { return }
    let text = String(decoding: Array(line.utf8)[bytes], as: UTF8.self)
    let piece = SequenceText.spelled(tokenizer.piece(of: token))
      .trimmingCharacters(in: .whitespaces)
    #expect(piece.isEmpty ? text.allSatisfy(\.isWhitespace) : text.contains(piece))
  }

  @Test func aTokenIsTracedToBytesAndVerified() throws {
    let trace = try run.trace(.text, shard: 0, sequence: 0, position: 5)
    #expect(trace.document?.url.hasPrefix("https://example.org/page/") == true)
    #expect(trace.input?.path == example.archive)
    #expect(trace.proof?.isSound == true)
    #expect(trace.fault == nil)
    let location = try #require(trace.record?.location)
    let bytes = try FileSystem.read(example.archive)
    let stretch = bytes[Int(location.memberOffset)...].prefix(Int(location.recordLength))
    let record = String(decoding: stretch, as: UTF8.self)
    #expect(record.hasPrefix("WARC/1.0"))
    #expect(record.contains(try #require(trace.document?.url)))
    let text = trace.text()
    #expect(text.contains("verified  yes"))
    #expect(text.contains("crawl.warc"))
    #expect(try JSONEncoder().encode(trace).count > 100)
  }

  @Test func theBeginningBelongsToNoDocument() throws {
    let trace = try run.trace(.interleaved, shard: 0, sequence: 0, position: 0)
    #expect(trace.piece == "<s>")
    #expect(trace.segment == nil && trace.fault == nil)
    #expect(trace.text().contains("no document"))
  }

  /// Extracting the page again proves the text, or shows that it is not there.
  @Test func thePageIsExtractedAgain() throws {
    let faithful: RecordProof.Extract = { response, url, id in
      let html = String(decoding: response.body, as: UTF8.self)
      #expect(html.contains("The weaver"))
      return self.example.documents.first { $0.id == id && $0.url == url }
    }
    let trace = try run.trace(.text, shard: 0, sequence: 0, position: 5, extract: faithful)
    #expect(trace.proof?.hasText == true)
    #expect(trace.text().contains("extracted again, it has this text"))
    let other = try run.trace(
      .text, shard: 0, sequence: 0, position: 5,
      extract: { _, url, id in InterleavedDocument(id: id, url: url, nodes: []) })
    #expect(other.proof?.isSound == false)
  }

  @Test(arguments: [(-1, 0, 0), (99, 0, 0), (0, -1, 0), (0, 9999, 0), (0, 0, -1), (0, 0, 9999)])
  func whatIsNotThereIsNamed(shard: Int, sequence: Int, position: Int) throws {
    #expect(throws: InspectionError.self) {
      try run.trace(.text, shard: shard, sequence: sequence, position: position)
    }
    if position == 0 {
      #expect(throws: InspectionError.self) {
        try run.sequence(.text, shard: shard, sequence: sequence)
      }
    }
  }

  @Test func addressesLeadToShards() throws {
    let url = try #require(example.documents.last?.url)
    let trace = try run.trace(.url(url))
    #expect(trace.pages.count == 1)
    let page = try #require(trace.pages.first)
    #expect(Set(page.entries.map(\.corpus)) == Set(Corpus.crawled))
    #expect(Set(page.segments.map(\.corpus)) == Set(Corpus.crawled))
    #expect(trace.text().contains("sequence"))
    #expect(try run.trace(.url(url + "x")).pages.isEmpty)
    #expect(try run.trace(.prefix("https://example.org/page/1")).pages.count == 11)
    #expect(try run.trace(.domain("example.org"), limit: 7).pages.count == 7)
    let digest = try #require(example.documents.first?.images.last?.resolved?.digest)
    #expect(try run.trace(.image(digest)).pages.count == 4)
  }

  @Test func aChangedArchiveIsNoticed() throws {
    let directory = TemporaryDirectory()
    let row = try #require(try run.ledger.document(example.documents[0].id))
    let record = try #require(try run.ledger.record(row.id))
    var input = try #require(try run.ledger.input(0))
    input.path = directory.file("missing.warc")
    #expect(!RecordProof(of: record, in: input, node: nil, extract: nil).isSound)
    var bytes = try FileSystem.read(example.archive)
    bytes[Int(record.location.memberOffset)] = UInt8(ascii: "X")
    try AtomicFile.write(bytes, to: input.path)
    let proof = RecordProof(of: record, in: input, node: nil, extract: nil)
    #expect(!proof.isSound)
    #expect(proof.fault != nil)
  }
}

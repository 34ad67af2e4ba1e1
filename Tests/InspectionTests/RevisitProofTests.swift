import Documents
import Hashing
import Provenance
import Storage
import TestSupport
import Testing
import WebArchive

@testable import Inspection

/// A page that a revisit stands for is proved by the bytes of the record that it repeats.
@Suite struct RevisitProofTests {
  private let place = TemporaryDirectory()

  private func archive() throws -> (input: InputRow, page: RecordRow, revisit: RecordRow) {
    var archive = ArchiveBuilder()
    archive.page("http://a.test/1", "<p>warp and weft")
    archive.add("revisit", "http://a.test/2", "application/http", [])
    let path = place.file("a.warc")
    try AtomicFile.write(archive.bytes, to: path)
    let digest = Digest(of: archive.bytes)
    var reader = try ArchiveReader(path: path, input: 0, archiveDigest: digest)
    var rows: [RecordRow] = []
    while let item = reader.next() {
      guard case .record(let record) = item else { continue }
      rows.append(
        RecordRow(
          id: record.id, location: record.location, kind: .page, url: record.targetURI,
          original: rows.first?.id))
    }
    try #require(rows.count == 2)
    let input = InputRow(input: 0, path: path, bytes: Int64(archive.bytes.count), digest: digest)
    return (input, rows[0], rows[1])
  }

  private static let extract: RecordProof.Extract = { response, url, id in
    let text = String(decoding: response.body, as: UTF8.self).dropFirst("<p>".utf8.count)
    return InterleavedDocument(
      id: id, url: url,
      nodes: [.text(TextNode(text: String(text), kind: .paragraph, path: "/html/body/p[1]"))])
  }

  @Test func theOriginalHasTheText() throws {
    let (input, page, revisit) = try archive()
    let source = TokenSource(
      node: 0, kind: "paragraph", path: "/html/body/p[1]", line: "warp and weft", matches: true)
    let proof = RecordProof(
      of: revisit, repeating: page, in: input, node: source, extract: Self.extract)
    #expect(proof.isSound && proof.hasText == true, "\(proof)")
    let alone = RecordProof(of: revisit, in: input, node: source, extract: Self.extract)
    #expect(alone.isFound && alone.isOfURL && alone.hasText == false)
    var elsewhere = page
    elsewhere.location.memberOffset += 1
    let wrong = RecordProof(
      of: revisit, repeating: elsewhere, in: input, node: source, extract: Self.extract)
    #expect(!wrong.isSound)
  }
}

import Compression
import Documents
import Foundation
import Hashing
import Storage
import TestSupport
import Testing

@testable import Pipelines

/// The division of an archive's responses into partitions, without reading their list.
@Suite struct ResponseChunkTests {
  private let place = TemporaryDirectory()
  private var directory: RunDirectory { RunDirectory(place.file("run")) }

  private func response(_ number: Int, _ kind: ArchivedResponse.Kind) -> ArchivedResponse {
    let location = RecordLocation(
      input: 0, memberOffset: Int64(number), memberLength: 1, recordOffset: 0, recordLength: 1)
    return ArchivedResponse(
      id: RecordID(archive: Digest(of: []), memberOffset: Int64(number), recordOffset: 0),
      kind: kind,
      url: "https://site.example/\(number)", location: location)
  }

  /// Writes a list and its index, and gives a run that reads them.
  private func run(_ responses: [ArchivedResponse], listed: Int? = nil) throws -> RunContext {
    var lines = try JSONLinesWriter(path: directory.path(RunDirectory.records(0)))
    var index = ResponseIndex()
    for (line, response) in responses.enumerated() {
      index.add(response.kind, line: line)
      if line < listed ?? .max { try lines.write(response) }
    }
    try lines.commit()
    try index.write(to: directory.path(RunDirectory.responseIndex(0)))
    let input = RunInput(input: 0, path: "a.warc", byteCount: 1, digest: Digest(of: []))
    var configuration = PipelineConfiguration()
    configuration.output = directory.root
    return try RunContext(
      configuration: configuration, directory: directory, crawl: [input], ledger: nil,
      retriesFetches: false)
  }

  @Test(arguments: [1, 7, 63, 64, 65, 128, 1000])
  func chunksAreTheListDivided(size: Int) throws {
    var random = SystemRandomNumberGenerator()
    let kinds: [ArchivedResponse.Kind] = [.page, .image, .image, .redirect]
    let all = (0..<700).map { response($0, kinds.randomElement(using: &random) ?? .page) }
    let run = try run(all)
    for kind in [ArchivedResponse.Kind.page, .image, .redirect] {
      let expected = all.filter { $0.kind == kind }.map(\.url)
      let chunks = try ResponseChunk.all(kind, of: run, size: size)
      let found = try chunks.map { try $0.responses().map(\.url) }
      #expect(found.flatMap { $0 } == expected)
      #expect(found.dropLast().allSatisfy { $0.count == size })
      #expect(found.map(\.count) == chunks.map(\.count))
    }
  }

  @Test func anArchiveWithoutResponsesHasNoChunks() throws {
    #expect(try ResponseChunk.all(.page, of: run([]), size: 10).isEmpty)
  }

  @Test func aListThatIsShorterThanItsIndexIsAnError() throws {
    let run = try run((0..<100).map { response($0, .page) }, listed: 90)
    let chunks = try ResponseChunk.all(.page, of: run, size: 50)
    #expect(try chunks[0].responses().count == 50)
    #expect(throws: RunError.self) { try chunks[1].responses() }
    #expect(throws: (any Error).self) {
      try ResponseChunk.all(
        .page, of: self.run((0..<100).map { response($0, .page) }, listed: 10), size: 99
      )
      .map { try $0.responses() }
    }
  }

  @Test(arguments: [
    "", "{", "[]", #"{"kinds":{"page":{"count":65,"marks":[0]}}}"#,
    #"{"kinds":{"page":{"count":-1,"marks":[]}}}"#, #"{"kinds":{"page":{"count":1,"marks":[-1]}}}"#,
    #"{"kinds":{"page":{"count":65,"marks":[9,9]}}}"#,
    #"{"kinds":{"page":{"count":9223372036854775807,"marks":[0]}}}"#,
  ])
  func aDamagedIndexIsAnError(text: String) throws {
    let run = try run([response(0, .page)])
    try AtomicFile.write(Array(text.utf8), to: directory.path(RunDirectory.responseIndex(0)))
    #expect(throws: RunError.self) { try ResponseChunk.all(.page, of: run, size: 10) }
  }
}

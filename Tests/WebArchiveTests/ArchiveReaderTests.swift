import Compression
import Documents
import Hashing
import Storage
import Testing
import WebArchive

@Suite struct ArchiveReaderTests {
  @Test(arguments: Layout.allCases) func everyLayoutGivesTheSameRecords(layout: Layout) throws {
    let records = sampleRecords(7)
    let plain = try read(Layout.plain.archive(records), name: "a.warc")
    let contents = try read(layout.archive(records), name: layout.name)
    #expect(contents.uris == (0..<7).map { "http://example.com/\($0)" })
    #expect(contents.blocks == plain.blocks)
    #expect(contents.records.map(\.fields) == plain.records.map(\.fields))
    #expect(contents.damages == [])
    #expect(contents.coverage.records == contents.coverage.total)
  }

  @Test(arguments: Layout.allCases) func locationsFollowTheLayout(layout: Layout) throws {
    let records = sampleRecords(5)
    let members = layout.members(records)
    let contents = try read(members.flatMap { $0 }, name: layout.name)
    let starts = members.indices.map { Int64(members[..<$0].reduce(0) { $0 + $1.count }) }
    let perMember = layout.isOneRecordAMember ? 1 : members.count == 1 ? 5 : 2
    for (index, record) in contents.records.enumerated() {
      let place = record.location
      let member = index / perMember
      let isOnly = perMember == 1 || (perMember == 2 && index == 4)
      #expect(place.input == 7)
      #expect(place.memberOffset == starts[member])
      #expect(place.memberLength == (isOnly ? Int64(members[member].count) : 0))
      let before = records[(member * perMember)..<index].reduce(0) { $0 + $1.count }
      #expect(place.recordOffset == Int64(before))
      #expect(place.recordLength == Int64(records[index].count - 4))
    }
  }

  @Test func identityIsThatOfThePlace() throws {
    let bytes = Layout.gzipPairs.archive(sampleRecords(2))
    for record in try read(bytes, name: "a.warc.gz").records {
      #expect(
        record.id
          == RecordID(
            archive: Digest(of: bytes), memberOffset: record.location.memberOffset,
            recordOffset: record.location.recordOffset))
    }
  }

  @Test(arguments: ["a.warc", "a.warc.gz", "a.warc.zst", "a"])
  func emptyFileHasNoItems(name: String) throws {
    let contents = try read([], name: name)
    #expect(contents.records.isEmpty && contents.damages.isEmpty)
  }

  @Test func missingFileIsAnError() {
    #expect(throws: StorageError.self) {
      _ = try ArchiveReader(path: "/nowhere/a.warc", input: 0, archiveDigest: Digest(of: []))
    }
  }

  @Test(arguments: Layout.allCases) func formatIsToldByContentNotByName(layout: Layout) throws {
    let contents = try read(layout.archive(sampleRecords(3)), name: "download")
    #expect(contents.records.count == 3)
  }

  @Test func wgetArchiveIsRead() throws {
    let contents = try read(path: fixture("wget.warc.gz"))
    #expect(contents.damages.isEmpty)
    #expect(
      contents.records.map(\.kind.rawValue) == [
        "warcinfo", "request", "response", "request", "response", "request", "response", "request",
        "response", "metadata", "resource", "resource",
      ])
    let page = contents.records[2]
    #expect(page.targetURI == "http://127.0.0.1:18473/")
    #expect(page.date == "2026-11-24T09:41:21Z")
    #expect(page.contentType == "application/http;msgtype=response")
    #expect(page.version == "1.0")
    let response = try #require(HTTPResponse.parse(page.block.value ?? []).value)
    #expect(response.status == 200 && response.contentType == "text/html")
    #expect(String(decoding: response.body, as: UTF8.self).contains("<title>Fixture</title>"))
  }

  @Test(arguments: [("dictionary", 2056), ("compressed-dictionary", 642)])
  func dictionaryIsUsed(name: String, frameLength: Int64) throws {
    let contents = try read(path: fixture(name + ".warc.zst"))
    #expect(contents.damages.isEmpty)
    #expect(contents.uris == (0..<5).map { "http://example.com/\($0)" })
    #expect(contents.coverage.framing == frameLength)
    for record in contents.records {
      let response = try #require(HTTPResponse.parse(record.block.value ?? []).value)
      #expect(response.body.count == Int(response.fields["content-length"] ?? ""))
    }
  }

  @Test func skippableFramesAreFraming() throws {
    let members = Layout.zstdEach.members(sampleRecords(3))
    for kind in UInt8(0x50)...0x5f {
      let frame: [UInt8] = [kind, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]
      let contents = try read(members[0] + frame + members[1] + frame + members[2], name: "a")
      #expect(contents.records.count == 3 && contents.damages.isEmpty)
      #expect(contents.coverage.framing == 22)
    }
  }

  @Test(arguments: Layout.allCases) func largeBlocksAreSkippedAndTold(layout: Layout) throws {
    let small = sampleRecords(2)
    let large = warc([UInt8](repeating: 65, count: 400_000), uri: "http://example.com/large")
    var limits = ArchiveLimits()
    limits.maximumBlockBytes = 399_999
    let contents = try read(
      layout.archive([small[0], large, small[1]]), name: layout.name, limits: limits)
    #expect(contents.damages.isEmpty)
    #expect(contents.records.map(\.block.reason?.code) == [nil, .recordTooLarge, nil])
    #expect(contents.records[1].targetURI == "http://example.com/large")
    #expect(contents.records[1].blockLength == 400_000)
    limits.maximumBlockBytes = 400_000
    let whole = try read(layout.archive([large]), name: layout.name, limits: limits)
    #expect(whole.blocks == [[UInt8](repeating: 65, count: 400_000)])
  }

  /// With these bounds members are streamed, through a window that a record's parts lie across.
  private static let streaming: ArchiveLimits = {
    var limits = ArchiveLimits()
    limits.maximumHeaderBytes = 1024
    limits.maximumBufferedMemberBytes = 1
    return limits
  }()

  @Test(arguments: [Layout.plain, .gzipOne, .zstdOne])
  func recordsMayLieAcrossAnyBoundaryOfTheWindow(layout: Layout) throws {
    let windowStep = 1 << 17
    let tail = sampleRecords(3, seed: 5)
    let headerBytes = warc([], uri: "http://example.com/big").count - 4
    // The first record's last byte walks over a boundary, and the records after it with it.
    for shift in stride(from: -3, through: tail.joined().count, by: 7) {
      let block = [UInt8](repeating: 66, count: windowStep - shift - headerBytes - 6)
      let big = warc(block, uri: "http://example.com/big")
      let contents = try read(
        layout.archive([big] + tail), name: layout.name, limits: Self.streaming)
      #expect(contents.damages.isEmpty && contents.records.count == 4, "shift \(shift)")
      #expect(contents.records.first?.block.value == block)
    }
  }

  @Test(arguments: Layout.allCases) func streamingGivesTheSameRecords(layout: Layout) throws {
    var records = sampleRecords(4)
    records.insert(warc([UInt8](repeating: 7, count: 700_000)), at: 2)
    let bytes = layout.archive(records)
    let whole = try read(bytes, name: layout.name)
    let streamed = try read(bytes, name: layout.name, limits: Self.streaming)
    #expect(streamed.records == whole.records && whole.records.count == 5)
  }
}

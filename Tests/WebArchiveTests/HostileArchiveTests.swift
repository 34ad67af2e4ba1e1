import Compression
import Documents
import Hashing
import Storage
import Testing
import WebArchive

@Suite struct HostileArchiveTests {
  private func record(_ header: String, _ block: String = "") -> [UInt8] {
    Array((header + block).utf8)
  }

  @Test func headerIsReadLeniently() throws {
    let text = record(
      "WARC/1.1\nwarc-TYPE:  Response \nWARC-Target-URI: <http://a.example/\n  b>\nno colon here\n"
        + ": no name\nX:\ncontent-length:3\nContent-Length: 9\n\n", "abc")
    let contents = try read(text, name: "a.warc")
    let only = try #require(contents.records.first)
    #expect(only.kind == .response && only.version == "1.1")
    #expect(only.targetURI == "http://a.example/ b")
    #expect(only.fields["x"] == "" && only.fields["absent"] == nil)
    #expect(only.fields.values(of: "CONTENT-LENGTH") == ["3", "9"])
    #expect(only.block.value == Array("abc".utf8))
    // What is left over is told.
    #expect(contents.damages.isEmpty)
  }

  @Test func headerMayBeLatin1() throws {
    let text =
      Array("WARC/1.0\r\nX: caf".utf8) + [0xe9] + Array("\r\nContent-Length: 0\r\n\r\n".utf8)
    #expect(try read(text, name: "a.warc").records.first?.fields["X"] == "café")
  }

  @Test(arguments: [
    ("", "there is no Content-Length"), ("Content-Length: -1\r\n", "Content-Length is '-1'"),
    ("Content-Length: \r\n", "Content-Length is ''"),
    ("Content-Length: 1e3\r\n", "Content-Length is '1e3'"),
    ("Content-Length: 18446744073709551616\r\n", "Content-Length is '18446744073709551616'"),
  ])
  func lengthMustBeANumber(line: String, detail: String) throws {
    let good = sampleRecords(1)[0]
    let contents = try read(
      record("WARC/1.0\r\n\(line)\r\n", "body\r\n\r\n") + good, name: "a.warc")
    #expect(contents.records.count == 1)
    #expect(contents.damages.map(\.reason) == [Reason(.badRecordHeader, detail: detail)])
  }

  @Test(arguments: Layout.allCases) func hugeLengthIsATruncatedRecord(layout: Layout) throws {
    let huge = record("WARC/1.0\r\nContent-Length: \(Int64.max)\r\n\r\n", "body\r\n\r\n")
    let good = sampleRecords(2)
    let contents = try read(layout.archive([good[0], huge, good[1]]), name: layout.name)
    #expect(contents.records.count == 2)
    #expect(contents.damageCodes == [.truncatedRecord])
  }

  @Test(arguments: Layout.allCases) func headerWithoutEndIsBounded(layout: Layout) throws {
    let endless = record("WARC/1.0\r\n" + String(repeating: "A: b\r\n", count: 60_000))
    let good = sampleRecords(1)[0]
    let contents = try read(layout.archive([endless, good]), name: layout.name)
    #expect(contents.damageCodes.first == .badRecordHeader)
    #expect(contents.records.count == 1)
  }

  @Test(arguments: [Layout.plain, .gzipEach, .zstdEach])
  func aPageOf200MegabytesIsSkipped(layout: Layout) throws {
    let page = warc([UInt8](repeating: 0, count: 200_000_000), uri: "http://example.com/large")
    let good = sampleRecords(1)[0]
    let bytes = layout.archive([page]) + layout.archive([good])
    let contents = try read(bytes, name: layout.name)
    #expect(contents.damages.isEmpty)
    #expect(contents.records.map(\.block.reason?.code) == [.recordTooLarge, nil])
  }

  @Test func aZstandardBombIsAbandoned() throws {
    var compressor = ZstdCompressor(level: -5)
    var bomb: [UInt8] = []
    let zeros = [UInt8](repeating: 0, count: 1 << 24)
    compressor.compress(
      Array("WARC/1.0\r\nContent-Length: 9000000000\r\n\r\n".utf8).span.bytes, into: &bomb)
    for _ in 0..<80 { compressor.compress(zeros.span.bytes, into: &bomb) }
    compressor.finish(into: &bomb)
    let contents = try read(bomb + Layout.zstdEach.archive(sampleRecords(1)), name: "a.warc.zst")
    #expect(contents.damageCodes == [.memberExpandsTooMuch])
    #expect(contents.records.count == 1)
  }

  /// Every byte begins what looks like a member that holds a record, and none ends well.
  @Test func membersInsideMembersAreReadInBoundedTime() throws {
    let start = CompressionFormat.gzip.compress(
      record("WARC/1.0\r\nContent-Length: 99999999\r\n\r\n")
    ).dropLast(9)
    let bytes = [[UInt8]](repeating: Array(start), count: 4000).flatMap { $0 }
    let contents = try read(bytes, name: "a.warc.gz")
    #expect(contents.records.isEmpty)
    #expect(contents.coverage.damaged == Int64(bytes.count))
  }

  @Test func randomAccessRefusesWrongPlaces() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a.warc.gz"
    write(Layout.gzipEach.archive(sampleRecords(2)), to: path)
    let digest = try Digest(ofFile: path)
    let reader = try RecordReader(path: path, archiveDigest: digest)
    let good = try #require(try read(path: path).records.last?.location)
    #expect(reader.record(at: good).value != nil)
    let changes: [(inout RecordLocation) -> Void] = [
      { $0.memberOffset = -1 }, { $0.memberOffset = .max }, { $0.memberOffset += 1 },
      { $0.recordOffset = -1 }, { $0.recordOffset = .max }, { $0.recordOffset = 1 },
      { $0.recordLength = -1 }, { $0.recordLength = .max }, { $0.recordLength -= 1 },
    ]
    for change in changes {
      var wrong = good
      change(&wrong)
      #expect(reader.record(at: wrong).value == nil, "\(wrong)")
    }
  }

  @Test func randomAccessIsSafeFromManyThreads() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a.warc.gz"
    write(Layout.gzipPairs.archive(sampleRecords(20)), to: path)
    let records = try read(path: path).records
    let reader = try RecordReader(path: path, archiveDigest: try Digest(ofFile: path))
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 {
        group.addTask { records.allSatisfy { reader.record(at: $0.location) == .kept($0) } }
      }
      for await isSame in group { #expect(isSame) }
    }
  }
}

import Compression
import Documents
import Testing
import WebArchive

@Suite struct DamageTests {
  @Test(arguments: Layout.allCases) func everyTruncationKeepsWhatIsWhole(layout: Layout) throws {
    let members = layout.members(sampleRecords(4))
    let bytes = members.flatMap { $0 }
    let whole = try read(bytes, name: layout.name).blocks
    let ends = members.indices.map { members[...$0].reduce(0) { $0 + $1.count } }
    let perMember = (whole.count + members.count - 1) / members.count
    for length in 1..<bytes.count {
      let contents = try read(Array(bytes[..<length]), name: layout.name)
      let wholeMembers = ends.count { $0 <= length }
      #expect(contents.blocks.count >= wholeMembers * perMember, "\(length)")
      #expect(contents.blocks == Array(whole[..<contents.blocks.count]), "\(length)")
      // A plain record is whole without the line ends after it.
      let isCut = layout == .plain ? contents.blocks.count < 4 : true
      let atEnd = ends.contains(length)
      if isCut && !atEnd && !(layout == .plain && contents.coverage.damaged == 0) {
        #expect(contents.damages.count == 1, "\(length)")
        let end = contents.damages.first.map { $0.offset + $0.length }
        #expect(end == Int64(length))
      }
    }
  }

  @Test func truncationIsNamed() throws {
    let record = sampleRecords(1)
    let gzip = Layout.gzipEach.archive(record)
    #expect(try read(gzip.dropLast(1), name: "a.warc.gz").damageCodes == [.truncatedMember])
    #expect(
      try read(record[0].dropLast(5), name: "a.warc").damageCodes == [.truncatedRecord])
    #expect(try read(Array("WAR".utf8), name: "a.warc").damageCodes == [.truncatedRecord])
    #expect(try read(Array("WAX".utf8), name: "a.warc").damageCodes == [.notARecord])
    #expect(
      try read(Array("WARC/1.0\r\nWARC-Type".utf8), name: "a.warc").damageCodes
        == [.truncatedRecord])
  }

  static let garbage: [[UInt8]] = [
    Array("garbage".utf8), [0], [UInt8](repeating: 0, count: 300_000), [0x1f, 0x8b, 0x08],
    [0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 3, 7, 7, 7], [0x28, 0xb5, 0x2f, 0xfd, 0x24, 1, 2, 3],
    Array("WARC/1.0\r\n\r\n".utf8), Array("WARC/1.".utf8), [0x5d, 0x2a, 0x4d, 0x18, 255, 255],
    Array("<html>WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n".utf8),
  ]

  @Test(arguments: Layout.allCases, garbage.indices)
  func garbageAtAnyBoundaryCostsNoRecord(layout: Layout, kind: Int) throws {
    let members = layout.members(sampleRecords(4))
    let whole = try read(members.flatMap { $0 }, name: layout.name).blocks
    let garbage = Self.garbage[kind]
    for boundary in 0...members.count {
      var parts = members
      parts.insert(garbage, at: boundary)
      let contents = try read(parts.flatMap { $0 }, name: layout.name)
      #expect(contents.blocks == whole, "before member \(boundary)")
      #expect(contents.coverage.damaged == Int64(garbage.count), "before member \(boundary)")
      let start = members[..<boundary].reduce(0) { $0 + $1.count }
      #expect(contents.damages.first?.offset == Int64(start))
    }
  }

  @Test(arguments: Layout.allCases) func aFlippedBitCostsItsOwnMemberAtMost(layout: Layout) throws {
    let members = layout.members(sampleRecords(4))
    let bytes = members.flatMap { $0 }
    let whole = try read(bytes, name: layout.name)
    for position in bytes.indices {
      var damaged = bytes
      damaged[position] ^= 0x04
      let contents = try read(damaged, name: layout.name)
      let lost = whole.records.filter { record in
        !contents.records.contains { $0.block == record.block && $0.fields == record.fields }
      }
      var end = 0
      let hit = members.firstIndex { member in
        end += member.count
        return position < end
      }
      let start = end - (hit.map { members[$0].count } ?? 0)
      // A plain record's wrong length may swallow the record that follows.
      let reach = layout == .plain ? bytes.count : end
      #expect(
        lost.allSatisfy {
          Int64(start)..<Int64(reach) ~= $0.location.memberOffset
        }, "at \(position)")
      // Compressed members carry checksums: what is read is never wrong.
      if layout == .gzipEach || layout == .zstdEach {
        #expect(contents.records.count + contents.damages.count >= 4)
        #expect(
          contents.records.allSatisfy { record in
            whole.records.contains { $0.block == record.block && $0.fields == record.fields }
          }, "at \(position)")
      }
    }
  }

  @Test func damageInsideASoundMemberIsTold() throws {
    let records = sampleRecords(3)
    let noise = Array("noise between records".utf8)
    let text = records[0] + noise + records[1] + records[2] + noise
    let contents = try read(CompressionFormat.gzip.compress(text), name: "a.warc.gz")
    #expect(contents.records.count == 3)
    #expect(contents.damageCodes == [.notARecord, .notARecord])
    #expect(contents.coverage.damaged == 0)
    let places = contents.damages.compactMap(\.location)
    #expect(places.map(\.recordLength) == [Int64(noise.count), Int64(noise.count)])
    #expect(places.first?.recordOffset == Int64(records[0].count))
  }

  @Test(arguments: [Layout.gzipEach, .gzipOne, .plain, .zstdOne])
  func aLengthBeyondTheMemberCostsThatRecordOnly(layout: Layout) throws {
    var records = sampleRecords(4)
    records[1] = Array(
      String(decoding: records[1], as: UTF8.self)
        .replacing("Content-Length: ", with: "Content-Length: 9999").utf8)
    let bytes = layout.archive(records)
    var streaming = ArchiveLimits()
    streaming.maximumBufferedMemberBytes = 1
    for limits in [ArchiveLimits(), streaming] {
      let contents = try read(bytes, name: layout.name, limits: limits)
      #expect(contents.uris == [0, 2, 3].map { "http://example.com/\($0)" })
      #expect(contents.damageCodes == [.truncatedRecord])
    }
  }

  @Test func membersWithoutRecordsAreDamage() throws {
    let record = Layout.gzipEach.archive(sampleRecords(1))
    let cases: [(String, Reason.Code)] = [
      ("", .emptyMember), ("\r\n\r\n", .emptyMember), ("text", .notARecord),
      ("WARC/1.0\r\nContent-Length: x\r\n\r\n", .badRecordHeader),
    ]
    for (text, code) in cases {
      let member = CompressionFormat.gzip.compress(Array(text.utf8))
      let contents = try read(record + member + record, name: "a.warc.gz")
      #expect(contents.records.count == 2)
      #expect(contents.damageCodes == [code])
      #expect(contents.coverage.damaged == Int64(member.count))
    }
  }

  @Test func unreadableDictionaryIsDamage() throws {
    let frame: [UInt8] = [0x5d, 0x2a, 0x4d, 0x18, 8, 0, 0, 0, 0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3, 4]
    let contents = try read(frame + Layout.zstdEach.archive(sampleRecords(2)), name: "a.warc.zst")
    #expect(contents.damageCodes == [.badDictionary])
    #expect(contents.records.count == 2)
  }

  /// Archives that were cut, overwritten, repeated and padded at random.
  @Test(arguments: Layout.allCases) func anyBytesAreAccountedFor(layout: Layout) throws {
    var generator = SeededGenerator(state: 42)
    for _ in 0..<60 {
      var bytes = layout.archive(sampleRecords(5, seed: generator.next()))
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let start = Int.random(in: 0...bytes.count, using: &generator)
        let end = Int.random(in: start...min(bytes.count, start + 60), using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes.removeSubrange(start..<end)
        case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
        case 2: for index in start..<end { bytes[index] = .random(in: 0...255, using: &generator) }
        default: bytes.append(contentsOf: bytes[start..<end])
        }
      }
      // The reader's own check of its accounts is the test.
      let first = try read(bytes, name: layout.name)
      let again = try read(bytes, name: layout.name)
      #expect(first.records == again.records && first.damages == again.damages)
    }
  }
}

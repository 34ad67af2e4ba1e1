import Compression
import Storage
import Testing

@Suite struct JSONLinesTests {
  private struct Row: Codable, Equatable {
    var name: String
    var b: Int
    var a: Double?
  }

  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path + "/deep/rows.jsonl.zst"
  }

  private func rows(_ count: Int) -> [Row] {
    (0..<count).map { Row(name: "n/\($0)é\n", b: $0, a: $0 % 2 == 0 ? nil : 0.5) }
  }

  private func write(_ rows: [Row], level: Int = ZstdCompressor.defaultLevel) throws {
    var writer = try JSONLinesWriter(path: path, level: level)
    for row in rows { try writer.write(row) }
    #expect(writer.count == rows.count)
    try writer.commit()
  }

  private func writeText(_ text: String) throws {
    try AtomicFile.write(CompressionFormat.zstd.compress(Array(text.utf8)), to: path)
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch { return String(describing: error) }
  }

  @Test(arguments: [0, 1, 99, 100]) func linesArePassedOver(count: Int) throws {
    try write(rows(100))
    var reader = try JSONLinesReader<Row>(path: path)
    try reader.skip(lines: count)
    #expect(try reader.next() == rows(100).dropFirst(count).first)
  }

  @Test func passingOverMoreLinesThanThereAreIsAnError() throws {
    try write(rows(3))
    #expect(
      message {
        var reader = try JSONLinesReader<Row>(path: path)
        try reader.skip(lines: 4)
      }.contains("too few lines"))
  }

  @Test(arguments: [0, 1, 2, 20_000]) func readsWhatWasWritten(count: Int) throws {
    try write(rows(count))
    #expect(try readAll(path) == rows(count))
  }

  @Test func writesSortedKeysAndPlainSlashes() throws {
    try write([Row(name: "a/b", b: 1, a: 2)])
    let text = CompressionFormat.zstd.decompress(try FileSystem.read(path), limit: 1000)
    #expect(String(decoding: text.bytes, as: UTF8.self) == #"{"a":2,"b":1,"name":"a/b"}"# + "\n")
    #expect(text.ending == .complete)
  }

  @Test(arguments: [1, 19]) func sameValuesGiveSameBytes(level: Int) throws {
    try write(rows(9000), level: level)
    let first = try FileSystem.read(path)
    try write(rows(9000), level: level)
    #expect(try FileSystem.read(path) == first)
  }

  @Test func fileAppearsOnCommitOnly() throws {
    do {
      var writer = try JSONLinesWriter(path: path)
      try writer.write(1)
      #expect(!FileSystem.isFile(path))
    }
    #expect(!FileSystem.isFile(path))
    #expect(try Directory.names(in: folder.path + "/deep") == [])
  }

  @Test func valueWithoutJSONFormIsRefusedByLine() throws {
    let path = path
    #expect(
      message {
        var writer = try JSONLinesWriter(path: path)
        try writer.write(Row(name: "", b: 0, a: 1))
        try writer.write(Row(name: "", b: 0, a: .nan))
      }.hasPrefix("\(path):2: "))
  }

  @Test func lastLineNeedsNoLineFeedAndEmptyLinesAreSkipped() throws {
    try writeText("1\n\n2\n3")
    #expect(try readAll(path) == [1, 2, 3])
  }

  @Test func framesAreJoined() throws {
    let frames = ["1\n2", "3\n", "", "4\n"].map { CompressionFormat.zstd.compress(Array($0.utf8)) }
    try AtomicFile.write(frames.flatMap { $0 }, to: path)
    #expect(try readAll(path) == [1, 23, 4])
  }

  @Test func linesLongerThanTheWindowAreRead() throws {
    let texts = [1 << 18, (1 << 18) - 3, 1, 3 << 18, 0].map { String(repeating: "x", count: $0) }
    try writeText(texts.map { "\"\($0)\"\n" }.joined())
    #expect(try readAll(path) == texts)
  }

  @Test(arguments: [
    ("{\"name\":\"\",\"b\":1}\n{\"name\":\"\"}\n", "2: there is no 'b'"),
    ("{\"name\":7,\"b\":1}\n", "1: "), ("\n\n[1,\n", "3: "), ("\u{0}\n", "1: "),
  ])
  func wrongLineIsNamed(text: String, place: String) throws {
    try writeText(text)
    let said = message { _ = try readAll(path, as: Row.self) }
    #expect(said.hasPrefix("\(path):\(place)"), "\(said)")
  }

  @Test func everyTruncationIsNoticed() throws {
    try write(rows(300))
    let whole = try FileSystem.read(path)
    for length in 0..<whole.count {
      try AtomicFile.write(whole[..<length], to: path)
      let said = message { _ = try readAll(path, as: Row.self) }
      #expect(said.contains("the file is cut short"), "\(length): \(said)")
    }
  }

  @Test func everyDamagedByteIsNoticedOrHarmless() throws {
    try write(rows(300))
    let whole = try FileSystem.read(path)
    for position in whole.indices {
      var damaged = whole
      damaged[position] ^= 0x10
      try AtomicFile.write(damaged, to: path)
      let path = path
      let expected = rows(300)
      let said = message {
        // A bit of the frame header may have no influence on the content.
        let read = try readAll(path, as: Row.self)
        #expect(read == expected, "at \(position)")
      }
      #expect(said == "no error" || said.hasPrefix(path), "\(position): \(said)")
    }
  }

  @Test func lineBombIsRefusedInBoundedMemory() throws {
    try writeText(String(repeating: " ", count: 50_000_000))
    let path = path
    let said = message {
      var reader = try JSONLinesReader<Int>(path: path, maximumLineBytes: 1 << 20)
      _ = try reader.next()
    }
    #expect(said == "\(path):1: the line is longer than 1048576 bytes")
  }

  @Test func missingFileIsNamed() {
    #expect(message { _ = try readAll("/nowhere/x", as: Int.self) }.contains("/nowhere/x"))
  }
}

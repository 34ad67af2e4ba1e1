import Compression
import Instructions
import Storage
import TestSupport
import Testing

@Suite struct LineReaderTests {
  private let place = TemporaryDirectory()

  private func items(_ bytes: [UInt8], maximumLineBytes: Int = 100) throws -> [LineReader.Item] {
    let path = place.file("lines")
    try AtomicFile.write(bytes, to: path)
    var reader = try LineReader(path: path, maximumLineBytes: maximumLineBytes)
    var items: [LineReader.Item] = []
    while let item = reader.next() { items.append(item) }
    return items
  }

  private static let text = Array("first\n\nsecond line\r\n\r\nlast".utf8)

  private static let lines: [LineReader.Item] = [
    .line(Array("first".utf8), 0..<5), .line(Array("second line\r".utf8), 7..<19),
    .line(Array("last".utf8), 22..<26),
  ]

  @Test func aLineIsTheBytesOfItsRange() throws {
    #expect(try items(Self.text) == Self.lines)
    #expect(try items([]).isEmpty)
    #expect(try items([0x0A, 0x0A]).isEmpty)
  }

  @Test(arguments: [CompressionFormat.gzip, .zstd])
  func compressedFilesGiveTheSameLines(format: CompressionFormat) throws {
    #expect(try items(format.compress(Self.text)) == Self.lines)
    // Two members, the line feed between which is in neither's first line.
    let halves = format.compress(Array(Self.text[..<9])) + format.compress(Array(Self.text[9...]))
    #expect(try items(halves) == Self.lines)
  }

  @Test(arguments: [CompressionFormat.gzip, .zstd])
  func everyTruncationGivesWholeLinesAndThenTheDamage(format: CompressionFormat) throws {
    let whole = format.compress(Self.text)
    for length in 4..<whole.count {
      let found = try items(Array(whole[..<length]))
      #expect(found.dropLast().elementsEqual(Self.lines.prefix(max(0, found.count - 1))))
      guard case .damaged(_, let range)? = found.last else {
        Issue.record("\(length) bytes of \(whole.count) are not damaged")
        continue
      }
      #expect(range.upperBound <= Self.text.count)
    }
  }

  @Test func aLineThatIsTooLongIsPassedOverInBoundedMemory() throws {
    let long = [UInt8](repeating: 0x61, count: 1 << 20)
    let found = try items([0x62, 0x0A] + long + [0x0A, 0x63], maximumLineBytes: 5)
    let end = Int64(2 + long.count)
    #expect(found == [.line([0x62], 0..<1), .oversized(2..<end), .line([0x63], end + 1..<end + 2)])
    #expect(try items(Array("12345".utf8), maximumLineBytes: 5).count == 1)
    #expect(try items(Array("123456".utf8), maximumLineBytes: 5) == [.oversized(0..<6)])
  }

  @Test func aLineAcrossTheReadersWindowIsWhole() throws {
    let size = (1 << 18) + 7
    let line = (0..<size).map { UInt8(0x61 + $0 % 26) }
    let found = try items(line + [0x0A] + line, maximumLineBytes: size)
    #expect(
      found == [
        .line(line, 0..<Int64(size)), .line(line, Int64(size + 1)..<Int64(2 * size + 1)),
      ])
  }
}

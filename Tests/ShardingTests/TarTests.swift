import Sharding
import Storage
import TestSupport
import Testing

struct TarTests {
  private let directory = TemporaryDirectory()
  private let files: [(name: String, content: [UInt8])] = [
    ("0a.json", Array("{}".utf8)), ("0a.0.jpg", [UInt8](repeating: 7, count: 511)),
    ("0a.1.png", [UInt8](repeating: 8, count: 512)), ("0b.json", []),
    ("sub.dir/0c.json", [UInt8](repeating: 9, count: 513)),
    (String(repeating: "k", count: 95) + ".json", [1]),
  ]

  private func write(_ name: String = "a.tar") throws -> String {
    let path = directory.file(name)
    let writer = try TarWriter(path: path)
    for file in files { try writer.add(file.content, as: file.name) }
    try writer.commit()
    return path
  }

  private func all(_ path: String) throws -> [TarReader.Entry] {
    var reader = try TarReader(path: path)
    var entries: [TarReader.Entry] = []
    while let entry = try reader.next() { entries.append(entry) }
    return entries
  }

  @Test func whatIsWrittenIsRead() throws {
    var reader = try TarReader(path: try write())
    for file in files {
      let entry = try #require(try reader.next())
      #expect(entry.name == file.name && reader.bytes(of: entry) == file.content)
    }
    #expect(try reader.next() == nil)
    #expect(try reader.next() == nil)
  }

  @Test func bytesAreTheSameEachTime() throws {
    let one = try FileSystem.read(try write("one"))
    #expect(try FileSystem.read(try write("two")) == one)
    #expect(one.count % 512 == 0)
  }

  @Test func filesOfAKeyBelongTogether() throws {
    var reader = try SampleReader(path: try write())
    let first = try #require(try reader.next())
    #expect(first.key == "0a" && first.entries.map(\.suffix) == ["json", "0.jpg", "1.png"])
    #expect(first["0.jpg"].map(reader.bytes(of:))?.count == 511)
    #expect(first["2.jpg"] == nil)
    #expect(try reader.next()?.key == "0b")
    #expect(try reader.next()?.key == "sub.dir/0c")
    #expect(try reader.next()?.entries.count == 1)
    #expect(try reader.next() == nil)
  }

  @Test func everyTruncationIsFound() throws {
    let whole = try FileSystem.read(try write())
    let path = directory.file("cut")
    // Without the second closing block an archive still ends.
    for count in stride(from: 0, to: whole.count - 512, by: 61) {
      try Samples.overwrite(path, Array(whole[..<count]))
      #expect { try all(path) } throws: { "\($0)".contains("make the archive again") }
    }
  }

  @Test func damageNeverTraps() throws {
    let whole = try FileSystem.read(try write())
    let path = directory.file("damaged")
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<2000 {
      var bytes = whole
      let index = Int.random(in: bytes.indices, using: &generator)
      bytes[index] = UInt8.random(in: 0...255, using: &generator)
      try Samples.overwrite(path, bytes)
      guard var reader = try? SampleReader(path: path) else { continue }
      while let sample = try? reader.next() {
        for entry in sample.entries { _ = reader.bytes(of: entry) }
      }
    }
  }

  @Test func anEmptyFileIsNoArchive() throws {
    let path = directory.file("empty")
    try Samples.overwrite(path, [])
    #expect(throws: ShardingError.self) { try SampleReader(path: path) }
    #expect { try TarReader(path: directory.file("none")) } throws: {
      ($0 as? ShardingError)?.code == .unreadable
    }
  }
}

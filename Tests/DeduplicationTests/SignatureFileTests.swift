import Documents
import Storage
import TestSupport
import Testing

@testable import Deduplication

@Suite struct SignatureFileTests {
  private func bytes() throws -> [UInt8] {
    let directory = TemporaryDirectory()
    let path = directory.file("part.bin")
    var set = DocumentSet()
    set.add("one two three four five six", paragraphs: ["one"])
    set.add("")
    var writer = SignatureWriter(path: path, bands: 14)
    for signature in set.signatures { writer.add(signature) }
    try writer.commit()
    #expect(try SignatureFile(path: path).count == 2)
    return try FileSystem.read(path)
  }

  /// Reads all there is: each section is checked when it is read.
  private static func readThrough(_ path: String) throws {
    let file = try SignatureFile(path: path)
    for band in 0..<file.layout.bands { try file.forEachHash(ofBand: band) { _, _ in } }
    try file.forEachParagraph { _, _, _ in }
    try file.forEachRow { _, row in _ = try file.shingles(of: row) }
  }

  @Test func everyTruncationIsNoticed() throws {
    let whole = try bytes()
    let directory = TemporaryDirectory()
    let path = directory.file("cut.bin")
    for length in 0..<whole.count {
      try AtomicFile.write(whole[..<length], to: path)
      #expect(throws: DeduplicationError.self) { try SignatureFile(path: path) }
    }
  }

  @Test func everyChangedByteIsNoticed() throws {
    let whole = try bytes()
    let directory = TemporaryDirectory()
    let path = directory.file("changed.bin")
    for place in whole.indices {
      var changed = whole
      changed[place] ^= 0x41
      try AtomicFile.write(changed, to: path)
      #expect(throws: DeduplicationError.self, "byte \(place)") {
        try Self.readThrough(path)
      }
    }
  }
}

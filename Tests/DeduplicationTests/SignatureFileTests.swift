import Deduplication
import Documents
import Storage
import TestSupport
import Testing

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
    // The last word of the header is kept for later versions.
    for place in whole.indices where !(56..<64).contains(place) {
      var changed = whole
      changed[place] ^= 0x41
      try AtomicFile.write(changed, to: path)
      #expect(throws: DeduplicationError.self, "byte \(place)") { try SignatureFile(path: path) }
    }
  }
}

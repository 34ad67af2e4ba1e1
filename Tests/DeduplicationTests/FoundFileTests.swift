import Documents
import Storage
import TestSupport
import Testing

@testable import Deduplication

/// The files that one step of the search hands to the next.
@Suite struct FoundFileTests {
  private let place = TemporaryDirectory()
  private static let groups: [[UInt64]] = [[0, 2], [1, 3, 4]]
  private static let pairs = [
    NearPair(first: 4, second: 0, similarity: 0.75), NearPair(first: 1, second: 2, similarity: 1),
  ]

  /// The kinds of files.
  enum Kind: String, CaseIterable, Sendable { case matches, pairs }

  private func write(_ kind: Kind) throws -> [UInt8] {
    let path = place.file("found.bin")
    switch kind {
    case .matches:
      var writer = try MatchWriter(path: path, .images, documents: 5)
      for group in Self.groups { try writer.add(group) }
      try writer.commit()
    case .pairs:
      var writer = try NearPairWriter(path: path, documents: 5)
      for pair in Self.pairs { try writer.add(pair) }
      try writer.commit()
    }
    return try FileSystem.read(path)
  }

  private func read(_ kind: Kind, _ path: String, documents: Int = 5) throws {
    switch kind {
    case .matches:
      var found: [[UInt64]] = []
      let file = try MatchFile(path: path, documents: documents)
      try file.forEachGroup { found.append($0) }
      #expect(file.rule == .images && found == Self.groups)
    case .pairs:
      var found: [NearPair] = []
      try NearPairFile(path: path, documents: documents).forEach { found.append($0) }
      #expect(found == Self.pairs)
    }
  }

  @Test(arguments: Kind.allCases) func whatWasWrittenIsRead(kind: Kind) throws {
    _ = try write(kind)
    try read(kind, place.file("found.bin"))
  }

  @Test(arguments: Kind.allCases) func everyDamageIsNoticed(kind: Kind) throws {
    let whole = try write(kind)
    let path = place.file("damaged.bin")
    for length in whole.indices {
      try AtomicFile.write(whole[..<length], to: path)
      #expect(throws: DeduplicationError.self, "\(length)") { try read(kind, path) }
    }
    for at in whole.indices {
      var changed = whole
      changed[at] ^= 0x41
      try AtomicFile.write(changed, to: path)
      #expect(throws: DeduplicationError.self, "byte \(at)") { try read(kind, path) }
    }
  }

  @Test(arguments: Kind.allCases) func aFileOfOthersIsRefused(kind: Kind) throws {
    _ = try write(kind)
    let path = place.file("found.bin")
    #expect(throws: DeduplicationError.self) { try read(kind, path, documents: 6) }
    let other: Kind = kind == .matches ? .pairs : .matches
    let error = #expect(throws: DeduplicationError.self) { try read(other, path) }
    #expect(error?.description.contains("remove it and run the same command again") == true)
  }

  @Test func signaturesOfOtherBandsAreRefused() throws {
    let path = place.file("signatures.bin")
    try SignatureWriter(path: path, bands: 14).commit()
    #expect(throws: DeduplicationError.self) { try SignatureSet([path], bands: 7) }
  }
}

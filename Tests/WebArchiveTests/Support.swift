import Compression
import Documents
import Glibc
import Hashing
import Storage
import Synchronization
import Testing
import WebArchive

/// A folder of a test's own, removed with it.
final class TemporaryFolder {
  private static let counter = Atomic<Int>(0)

  let path: String

  init() throws {
    let number = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
    path = "/tmp/weft-webarchive-tests-\(getpid())-\(number)"
    try Directory.make(path)
  }

  deinit { try? Directory.remove(path) }
}

/// The path of a committed fixture.
func fixture(_ name: String, file: String = #filePath) -> String {
  String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)]) + "/Fixtures/" + name
}

/// Writes a file without syncing it, which thousands of small archives would spend their time on.
func write(_ bytes: [UInt8], to path: String) {
  guard let file = fopen(path, "w") else { fatalError("cannot write '\(path)'") }
  fwrite(bytes, 1, bytes.count, file)
  fclose(file)
}

/// A small seeded generator: SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return SeededHash.finish(state)
  }
}

/// How the records of a test's archive are put in a file.
enum Layout: String, CaseIterable, CustomTestStringConvertible {
  case plain, gzipEach, gzipPairs, gzipOne, zstdEach, zstdPairs, zstdOne

  var testDescription: String { rawValue }

  var name: String {
    switch self {
    case .plain: "a.warc"
    case .gzipEach, .gzipPairs, .gzipOne: "a.warc.gz"
    case .zstdEach, .zstdPairs, .zstdOne: "a.warc.zst"
    }
  }

  var isOneRecordAMember: Bool { self == .plain || self == .gzipEach || self == .zstdEach }

  /// The members of the file, one after the other.
  func members(_ records: [[UInt8]]) -> [[UInt8]] {
    let groups =
      switch self {
      case .plain, .gzipEach, .zstdEach: records
      case .gzipPairs, .zstdPairs:
        stride(from: 0, to: records.count, by: 2).map {
          records[$0..<min($0 + 2, records.count)].reduce(into: []) { $0 += $1 }
        }
      case .gzipOne, .zstdOne: [records.reduce(into: []) { $0 += $1 }]
      }
    switch self {
    case .plain: return groups
    case .gzipEach, .gzipPairs, .gzipOne: return groups.map { CompressionFormat.gzip.compress($0) }
    case .zstdEach, .zstdPairs, .zstdOne: return groups.map { CompressionFormat.zstd.compress($0) }
    }
  }

  func archive(_ records: [[UInt8]]) -> [UInt8] { members(records).reduce(into: []) { $0 += $1 } }
}

/// A record as text, with the line ends that follow it.
func warc(
  _ block: [UInt8], uri: String = "http://example.com/", type: String = "response",
  extra: String = ""
) -> [UInt8] {
  let header = """
    WARC/1.0\r
    WARC-Type: \(type)\r
    WARC-Target-URI: \(uri)\r
    WARC-Date: 2024-01-01T00:00:00Z\r
    Content-Type: application/http; msgtype=response\r
    \(extra)Content-Length: \(block.count)\r
    \r

    """
  return Array(header.utf8) + block + Array("\r\n\r\n".utf8)
}

/// Some small records with blocks that differ.
func sampleRecords(_ count: Int, seed: UInt64 = 1) -> [[UInt8]] {
  var generator = SeededGenerator(state: seed)
  return (0..<count).map { index in
    let block = (0..<Int.random(in: 1...90, using: &generator)).map { _ in
      UInt8.random(in: 97...122, using: &generator)
    }
    return warc(block, uri: "http://example.com/\(index)")
  }
}

/// What a reader made of an archive.
struct Contents {
  var records: [WARCRecord] = []
  var damages: [DamagedRange] = []
  var coverage: ArchiveCoverage

  var uris: [String] { records.map { $0.targetURI ?? "" } }
  var blocks: [[UInt8]] { records.map { $0.block.value ?? [] } }
  var damageCodes: [Reason.Code] { damages.map(\.reason.code) }
}

/// Reads an archive from bytes and checks what holds for every archive, whatever it is.
func read(
  _ bytes: [UInt8], name: String, limits: ArchiveLimits = ArchiveLimits(),
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> Contents {
  let folder = try TemporaryFolder()
  let path = folder.path + "/" + name
  write(bytes, to: path)
  return try read(path: path, limits: limits, sourceLocation: sourceLocation)
}

func read(
  path: String, limits: ArchiveLimits = ArchiveLimits(),
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> Contents {
  let digest = try Digest(ofFile: path)
  var reader = try ArchiveReader(path: path, input: 7, archiveDigest: digest, limits: limits)
  var contents = Contents(coverage: reader.coverage)
  while let item = reader.next() {
    switch item {
    case .record(let record): contents.records.append(record)
    case .damaged(let range): contents.damages.append(range)
    }
  }
  contents.coverage = reader.coverage
  #expect(reader.coverage.total == reader.byteCount, sourceLocation: sourceLocation)
  expectSound(contents, byteCount: reader.byteCount, sourceLocation)
  let random = try RecordReader(path: path, archiveDigest: digest, limits: limits)
  for record in contents.records {
    let isSame = random.record(at: record.location) == .kept(record)
    #expect(isSame, "\(record.location)", sourceLocation: sourceLocation)
  }
  return contents
}

/// Checks that no byte is told twice, and identities are unique.
private func expectSound(
  _ contents: Contents, byteCount: Int64, _ sourceLocation: SourceLocation
) {
  let coverage = contents.coverage
  #expect(
    contents.damages.reduce(0) { $0 + $1.length } == coverage.damaged,
    sourceLocation: sourceLocation)
  let ids = contents.records.map(\.id) + contents.damages.map(\.id)
  #expect(Set(ids).count == ids.count, sourceLocation: sourceLocation)
  let owned =
    contents.records.filter { $0.location.memberLength > 0 }.map {
      $0.location.memberOffset..<$0.location.memberOffset + $0.location.memberLength
    } + contents.damages.filter { $0.length > 0 }.map { $0.offset..<$0.offset + $0.length }
  var end: Int64 = 0
  for range in owned.sorted(by: { $0.lowerBound < $1.lowerBound }) {
    #expect(range.lowerBound >= end, "told twice", sourceLocation: sourceLocation)
    end = range.upperBound
  }
  #expect(end <= byteCount, sourceLocation: sourceLocation)
  if contents.records.allSatisfy({ $0.location.memberLength > 0 }) {
    let told = owned.reduce(0) { $0 + Int64($1.count) }
    #expect(told + coverage.framing == byteCount, "left out", sourceLocation: sourceLocation)
  }
}

import Documents
import Foundation
import Hashing
import Inspection
import Provenance
import Storage
import TestSupport
import Testing

@testable import Pipelines

/// What is damaged or missing is made again, with the same bytes, and nothing else is touched.
@Suite struct RepairTests {
  private let example: ForgettableRun
  private var root: String { example.configuration.output }

  init() async throws {
    example = try ForgettableRun()
    _ = try await example.run()
  }

  /// What befalls a file.
  enum Damage: String, CaseIterable, Sendable {
    case flipped, cut, removed

    func strike(_ path: String) throws {
      var bytes = try FileSystem.read(path)
      switch self {
      case .flipped: bytes[bytes.count / 2] ^= 0x01
      case .cut: bytes.removeLast(bytes.count / 3 + 1)
      case .removed: return try FileSystem.remove(path)
      }
      try AtomicFile.write(bytes, to: path)
    }
  }

  /// One file of each kind that a manifest names, and the manifest itself.
  static let kinds: [(path: String, stage: StageName)] = [
    (RunDirectory.records(0), .read), (RunDirectory.documents(1), .extract),
    (RunDirectory.images(0), .images), (RunDirectory.signatures(1), .signatures),
    (RunDirectory.imageURLs(1), .signatures), (RunDirectory.duplicates(1), .deduplicate),
    (RunDirectory.imageIndexKeys(0), .locate), (RunDirectory.imageIndexEntries(0), .locate),
    (RunDirectory.corpus(.interleaved, 1), .curate), (RunDirectory.corpus(.pairs, 0), .curate),
    (RunDirectory.shownImages(1), .curate), (RunDirectory.tokenizer, .tokenizer),
    (RunDirectory.tokens(.text, 1), .tokenize), (RunDirectory.features(1), .encode),
    ("shards/interleaved/shard-00000.safetensors", .shard), ("shards/text/index.json", .catalog),
    (RunDirectory.shardRange(.pairs, 0), .shard),
    (RunDirectory.ledgerPart(.curate, 1), .curate), (RunDirectory.ledgerPart(.shard, 0), .shard),
    (RunDirectory.manifest(.extract, 1), .extract),
    (RunDirectory.manifest(.tokenizer, 0), .tokenizer),
    (RunDirectory.manifest(.shard, 2), .shard), (RunDirectory.matches(1), .match),
    (RunDirectory.pagesOfImages(0), .resolve), (RunDirectory.sampledLines(0), .sample),
  ]

  private func repair(step: (StageName) throws -> Void = { _ in }) async throws -> RepairReport {
    try await RunRepair(root, stages: example.stages).perform(step: step)
  }

  private func isSound() throws -> Bool { try InspectedRun(root).verify(traces: 2).isSound }

  /// When each file was written last.
  private func times() throws -> [String: Date] {
    var found: [String: Date] = [:]
    for name in try ForgettableRun.files(root).keys {
      let attributes = try FileManager.default.attributesOfItem(atPath: root + "/" + name)
      found[name] = attributes[.modificationDate] as? Date
    }
    return found
  }

  @Test func aSoundRunIsLeftAsItIs() async throws {
    let before = try times()
    #expect(try await repair() == RepairReport())
    #expect(try times() == before)
    #expect(try isSound())
  }

  @Test(arguments: Damage.allCases) func eachKindOfFileIsMadeAgain(damage: Damage) async throws {
    let files = try ForgettableRun.files(root)
    let rows = try ForgettableRun.rows(root)
    for (path, _) in Self.kinds { try damage.strike(root + "/" + path) }
    try damage.strike(root + "/" + RunDirectory.ledger)
    let report = try await repair()
    #expect(report.isRestored, "\(report)")
    #expect(report.ledger != nil)
    #expect(try ForgettableRun.files(root) == files)
    #expect(try ForgettableRun.rows(root) == rows)
    #expect(try isSound())
  }

  /// Of partitions that are sound nothing is written.
  @Test(arguments: [0, 3, 8, 12, 14, 15, 16, 19, 22])
  func nothingElseIsMade(kind: Int) async throws {
    let (path, stage) = Self.kinds[kind]
    let before = try times()
    let files = try ForgettableRun.files(root)
    try Damage.flipped.strike(root + "/" + path)
    let report = try await repair()
    #expect(report.files.map(\.path) == [path])
    #expect(report.files.first?.outcome == .identical)
    #expect(report.partitions == [stage.rawValue: 1])
    #expect(report.ledger == nil)
    #expect(try ForgettableRun.files(root) == files)
    let own = try PartitionManifest.all(of: stage, in: example.paths).filter { manifest in
      let name = RunDirectory.manifest(stage, manifest.partition)
      return name == path || manifest.outputs.contains { $0.path == path }
    }
    let made = Set(
      own.flatMap(\.outputs).map(\.path)
        + own.map { RunDirectory.manifest(stage, $0.partition) })
    for (name, time) in try times() where !made.contains(name) {
      #expect(time == before[name], "\(name) was written")
    }
  }

  @Test(arguments: [
    "\"key\"", "\"digest\"", "\"bytes\"", "\"kept\"", "\"partition\"", "\"path\"", "\"stage\"",
  ])
  func aManifestThatSaysOtherThingsIsSetRight(key: String) async throws {
    let files = try ForgettableRun.files(root)
    let path = root + "/" + RunDirectory.manifest(.curate, 1)
    let lines = try FileSystem.readText(path).split(
      separator: "\n", omittingEmptySubsequences: false)
    let place = try #require(lines.firstIndex { $0.contains(key + " :") })
    var changed = lines.map(String.init)
    let last = try #require(changed[place].lastIndex { $0.isHexDigit })
    changed[place].replaceSubrange(last...last, with: changed[place][last] == "1" ? "2" : "1")
    try AtomicFile.write(changed.joined(separator: "\n"), to: path)
    #expect(try await repair().isRestored)
    #expect(try ForgettableRun.files(root) == files)
    #expect(try isSound())
  }

  /// A byte that no check of the database finds is found by the rows.
  @Test func aChangedRowIsSetRight() async throws {
    let rows = try ForgettableRun.rows(root)
    let path = root + "/" + RunDirectory.ledger
    var bytes = Data(try FileSystem.read(path))
    let place = try #require(bytes.range(of: Data("Page 3".utf8)))
    bytes[place.upperBound - 1] = UInt8(ascii: "4")
    try AtomicFile.write(Array(bytes), to: path)
    #expect(try ForgettableRun.rows(root) != rows)
    #expect(try await repair().ledger == "its rows were not those of its parts")
    #expect(try ForgettableRun.rows(root) == rows)
  }

  @Test func anArchiveThatChangedIsNamed() async throws {
    let archive = example.place.file("a.warc")
    let bytes = try FileSystem.read(archive)
    try Damage.removed.strike(root + "/" + RunDirectory.documents(0))
    for damage in Damage.allCases {
      try damage.strike(archive)
      let error = await #expect(throws: RunError.self) { _ = try await repair() }
      #expect(error?.code == .input)
      #expect(error?.message.contains("a.warc") == true)
      try AtomicFile.write(bytes, to: archive)
    }
    #expect(try await repair().isRestored)
    #expect(try isSound())
  }

  @Test func anotherWeftIsRefused() async throws {
    let path = root + "/" + RunDirectory.description
    let text = try FileSystem.readText(path)
    try AtomicFile.write(
      text.replacing("\"weft\" : \"\(WeftVersion.current)\"", with: "\"weft\" : \"0.0.1\""),
      to: path)
    let error = await #expect(throws: RunError.self) { _ = try await repair() }
    #expect(error?.code == .unsupported)
  }

  private struct Killed: Error {}

  @Test func aKilledRepairGoesOn() async throws {
    let files = try ForgettableRun.files(root)
    for path in [RunDirectory.documents(1), RunDirectory.tokens(.text, 1), RunDirectory.ledger] {
      try Damage.flipped.strike(root + "/" + path)
    }
    for stop in [StageName.read, .images, .curate, .shard] {
      await #expect(throws: Killed.self) {
        _ = try await repair { if $0 == stop { throw Killed() } }
      }
    }
    // Killed while the partition is made: its manifest waits beside the run.
    let manifest = RunDirectory.manifest(.curate, 1)
    let backup = root + "/" + StageRepair.backup(.curate, 1)
    try Directory.make(String(backup[..<(backup.lastIndex(of: "/") ?? backup.endIndex)]))
    try FileSystem.rename(root + "/" + manifest, to: backup)
    try Damage.cut.strike(root + "/" + RunDirectory.corpus(.text, 1))
    #expect(try await repair().isRestored)
    #expect(try ForgettableRun.files(root) == files)
    #expect(try isSound())
  }

  @Test(arguments: [false, true]) func whatWasForgottenStaysOut(withManifests: Bool) async throws {
    var selectors = ForgetSelectors()
    try selectors.add(url: ForgettableRun.url(6))
    try selectors.add(image: ForgettableRun.sharedDigest.description)
    _ = try Forgetting(root).perform(selectors)
    let files = try ForgettableRun.files(root)
    for (path, _) in Self.kinds where FileSystem.isFile(root + "/" + path) {
      if !withManifests && path.hasPrefix("work/manifests/") { continue }
      try Damage.removed.strike(root + "/" + path)
    }
    let report = try await repair()
    let now = try ForgettableRun.files(root)
    let changed = Set(report.files.filter { $0.outcome == .different }.map(\.path))
    for (name, digest) in files where now[name] != digest && !name.hasPrefix("work/manifests/") {
      #expect(changed.contains(name), "\(name)")
    }
    // What is made of what is left is what was left.
    #expect(!changed.contains { $0.hasPrefix("work/locate/") || $0.hasPrefix("work/sample/") })
    #expect(try ForgottenCheck(root).traces.isEmpty)
    #expect(try isSound())
    let again = try await example.run()
    #expect(again.stages.map(\.made) == again.stages.map { _ in 0 })
  }
}

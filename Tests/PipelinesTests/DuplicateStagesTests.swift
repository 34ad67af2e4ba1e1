import Deduplication
import Documents
import Storage
import TestSupport
import Testing

@testable import Pipelines

/// The stages that find duplicates: how they are divided, what makes them again, what they read.
@Suite struct DuplicateStagesTests {
  private var run: ForgettableRun

  /// Thirty pages of three hosts, copies of five texts with a word or two replaced; some are of one URL, and
  /// each host has a notice.
  init() throws {
    run = try ForgettableRun()
    run.configuration.deduplicate.near.enabled = true
    run.configuration.deduplicate.paragraphs.enabled = true
    run.configuration.extract.pagesPerPart = 7
    var generator = SeededGenerator(seed: 3)
    func words(_ count: Int) -> [String] {
      (0..<count).map { _ in
        String(
          (0..<8).map { _ in
            Character(Unicode.Scalar(UInt8.random(in: 97...122, using: &generator)))
          })
      }
    }
    let notices = (0..<3).map { _ in words(20).joined(separator: " ") }
    let texts = (0..<5).map { _ in words(60) }
    var archive = ArchiveBuilder()
    for number in 0..<30 {
      var text = texts[number % 5]
      for _ in 0..<number % 4 {
        text[Int.random(in: text.indices, using: &generator)] = words(1)[0]
      }
      let url = "http://host\(number % 3).test/\(number / 2 * 2 == number ? number : number % 9)"
      archive.page(
        url,
        """
        <html lang="en"><body><main><h1>A page</h1><p>\(words(number % 7 == 0 ? 60 : 2).joined(separator: " "))
        </p><p>\(text.joined(separator: " ")).</p><p>\(notices[number % 3])</p></main></body></html>
        """)
    }
    try AtomicFile.write(archive.bytes, to: run.place.file("a.warc"))
  }

  private static func stages(_ division: DuplicateDivision = DuplicateDivision()) -> [any Stage] {
    [
      ReadStage(), ExtractStage(), SignaturesStage(), MatchStage(division: division),
      CompareStage(division: division), DeduplicateStage(),
    ]
  }

  private func execute(
    _ run: ForgettableRun, _ division: DuplicateDivision = DuplicateDivision(),
    _ executor: any Executor = LocalExecutor()
  ) async throws -> RunSummary {
    try await Run(run.configuration, stages: Self.stages(division))
      .execute(through: .deduplicate, executor: executor)
  }

  /// What the last of the stages makes.
  private static func found(_ run: ForgettableRun) throws -> [String: Digest] {
    try run.portableFiles().filter {
      $0.key.hasPrefix("work/duplicates/") || $0.key.hasPrefix("work/ledger/deduplicate/")
    }
  }

  @Test func anyDivisionFindsTheSame() async throws {
    let summary = try await execute(run)
    let counts = try #require(summary.stages.last?.counts)
    #expect(Set(counts[.page].dropped.keys) == ["duplicateURL", "nearDuplicate"])
    #expect(counts[.node].dropped["duplicateParagraph"] ?? 0 > 0)
    let whole = try Self.found(run)
    #expect(whole.count == 6)
    let compared = [(keys: 1, entries: 1), (7, 10), (20, 100), (1000, 30)]
    for (keys, entries) in compared {
      let division = DuplicateDivision(keys: keys, entries: entries)
      let again = try await execute(run, division)
      // The last stage is made anew, of other files.
      #expect(again.stages.last?.made == 1)
      #expect(try Self.found(run) == whole, "\(keys) \(entries)")
    }
    // Of more partitions than there are to be, none is left.
    let last = try await execute(run)
    #expect(last.stages.map(\.partitions) == [1, 5, 5, 3, 1, 1])
    #expect(try Directory.names(in: run.paths.path("work/matches")).count == 3)
  }

  @Test func workersThatHaveWhatIsDeclaredFindTheSame() async throws {
    _ = try await execute(run)
    let whole = try Self.found(run)
    var other = run
    other.configuration.output = run.place.file("other")
    let division = DuplicateDivision(keys: 15, entries: 60)
    let engine = other.confined(stages: Self.stages(division))
    let summary = try await execute(other, division, engine.executor())
    #expect(summary.stages.allSatisfy { $0.made == $0.partitions })
    #expect(summary.stages.first { $0.stage == .compare }?.partitions == 7)
    #expect(try Self.found(other) == whole)
  }

  @Test func aThresholdMakesAgainOnlyWhatItChanges() async throws {
    _ = try await execute(run)
    var changed = run
    func made() async throws -> [StageName] {
      try await execute(changed).stages.filter { $0.made > 0 }.map(\.stage)
    }
    changed.configuration.deduplicate.paragraphs.maximumPages = 1
    #expect(try await made() == [.deduplicate])
    changed.configuration.deduplicate.near.threshold = 0.9
    #expect(try await made() == [.compare, .deduplicate])
    changed.configuration.deduplicate.near.imagesTellBelow = 50
    #expect(try await made() == [.compare, .deduplicate])
    #expect(try await made() == [])
  }

  /// Each page a partition of a rule, so that a page fewer would be another division.
  @Test func whatIsForgottenMakesNothingAgain() async throws {
    let division = DuplicateDivision(keys: 1, entries: 1)
    _ = try await execute(run, division)
    var selectors = ForgetSelectors()
    try selectors.add(url: "http://host0.test/0")
    _ = try Forgetting(run.configuration.output).perform(selectors)
    let again = try await execute(run, division)
    #expect(again.stages.allSatisfy { $0.made == 0 })
  }

  @Test(arguments: [
    RunDirectory.matches(0), RunDirectory.matches(2), RunDirectory.nearPairs(0),
    RunDirectory.signatures(3),
  ])
  func aDamagedFileIsRefusedAndMadeAgain(name: String) async throws {
    _ = try await execute(run)
    let files = try ForgettableRun.files(run.configuration.output)
    let path = run.paths.path(name)
    var bytes = try FileSystem.read(path)
    // A row of the signatures; the last word but one of the others.
    bytes[name == RunDirectory.signatures(3) ? 200 : bytes.count - 9] ^= 1
    try AtomicFile.write(bytes, to: path)
    let manifest = run.paths.path(RunDirectory.manifest(.deduplicate, 0))
    try FileSystem.remove(manifest)
    await #expect(throws: (any Error).self) { try await execute(run) }
    // What its error says.
    try FileSystem.remove(path)
    _ = try await execute(run)
    #expect(
      try ForgettableRun.files(run.configuration.output).filter { !$0.key.contains("times/") }
        == files.filter { !$0.key.contains("times/") })
  }
}

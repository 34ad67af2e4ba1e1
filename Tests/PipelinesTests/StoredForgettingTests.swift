import Documents
import Foundation
import Hashing
import Inspection
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Pipelines

/// Forgetting and repair of a run that is kept in a store come to what they come to in a directory.
@Suite struct StoredForgettingTests {
  private struct Killed: Error {}

  private let local: ForgettableRun
  private let run: ForgettableRun
  private let store: DirectoryStore
  private let date = Date(timeIntervalSince1970: 1_800_000_000)

  init() async throws {
    local = try ForgettableRun()
    _ = try await local.run()
    var run = try ForgettableRun()
    run.configuration.output = "s3://bucket/run"
    self.run = run
    store = DirectoryStore(run.place.file("store"))
    _ = try await execute(storage("mirror"))
  }

  private func storage(
    _ mirror: String, _ store: (any RunStore)? = nil, takingOver: Bool = false
  ) -> RunStorage {
    RunStorage(
      store: store ?? self.store, mirror: run.place.file(mirror), takesOver: takingOver)
  }

  private func execute(_ storage: RunStorage) async throws -> RunSummary {
    try await Run(run.configuration, stages: run.stages)
      .execute(through: .catalog, storage: storage)
  }

  private func selectors() throws -> ForgetSelectors {
    var selectors = ForgetSelectors()
    try selectors.add(url: ForgettableRun.url(2))
    try selectors.add(image: ForgettableRun.sharedDigest.description)
    return selectors
  }

  /// The digests of the run's outputs in a store, by the names they have in a run directory.
  private func stored(in store: DirectoryStore) throws -> [String: Digest] {
    let look = run.place.file("look-\(UInt64.random(in: 0...(.max)))")
    let mirror = try RunMirror(store, directory: RunDirectory(look), takingOver: true)
    defer { mirror.giveUp() }
    try mirror.bringAll(of: Set(StageName.allCases))
    return try outputs(look)
  }

  /// The record of what was forgotten names digests of files that name the archive.
  private func outputs(_ root: String) throws -> [String: Digest] {
    try ForgettableRun.portable(root).filter { !$0.key.hasPrefix("forgotten/") }
  }

  /// Whether any object holds the bytes of the image that is forgotten.
  private func holds(_ bytes: [UInt8], _ store: DirectoryStore) throws -> [String] {
    try store.names(beginning: "").filter {
      try Data(store.read($0) ?? []).range(of: Data(bytes)) != nil
    }
  }

  @Test func whatIsForgottenGoesFromTheStore() async throws {
    let image = ForgettableRun.picture(99)
    #expect(try !holds(image, store).isEmpty)
    let expected = try Forgetting(local.configuration.output).perform(selectors(), date: date)
    let forgetting = StoredForgetting(storage("other mirror"))
    #expect(try forgetting.preview(selectors()) == expected.counts)
    let record = try forgetting.perform(selectors(), date: date)
    #expect(record.counts == expected.counts && record.documents == expected.documents)
    #expect(try stored(in: store) == outputs(local.configuration.output))
    #expect(try holds(image, store) == [])
    #expect(try store.read(record.name) == record.json)
    #expect(try store.read(RunDirectory.ledger) != nil)
    #expect(try ForgottenCheck(run.place.file("other mirror")).traces == [])
    #expect(try InspectedRun(run.place.file("other mirror")).verify(traces: 2).isSound)
    // The machine that made the run makes nothing of it again.
    let again = try await execute(storage("mirror"))
    #expect(again.stages.allSatisfy { $0.made == 0 })
    #expect(try forgetting.finish() == false)
  }

  /// Killed before each change of the store: the old state or the new one, and then what was asked for.
  @Test func aForgettingThatIsKilledIsUndoneOrFinished() async throws {
    let old = try stored(in: store)
    _ = try Forgetting(local.configuration.output).perform(selectors(), date: date)
    let new = try outputs(local.configuration.output)
    let changes = try killed(at: .max, "count").changes
    #expect(changes > 30)
    var states: Set<String> = []
    for number in stride(from: 0, to: changes, by: max(1, changes / 5)) + [changes - 2] {
      let copy = try killed(at: number, "killed-\(number)").store
      let after = StoredForgetting(storage("mirror-\(number)", copy, takingOver: true))
      let isFinished = try after.finish()
      let found = try stored(in: copy)
      #expect(found == old || found == new, "\(number)")
      states.insert(found == old ? "old" : "new")
      if isFinished { #expect(found == new) }
      if found == old { _ = try after.perform(selectors(), date: date) }
      #expect(try stored(in: copy) == new, "\(number)")
      #expect(try holds(ForgettableRun.picture(99), copy) == [], "\(number)")
    }
    #expect(states == ["old", "new"])
  }

  /// Forgets in a copy of the store, and is killed before a change of it.
  private func killed(at number: Int, _ name: String) throws -> (
    store: DirectoryStore, changes: Int
  ) {
    try FileManager.default.copyItem(atPath: store.address, toPath: run.place.file(name))
    let copy = DirectoryStore(run.place.file(name))
    let count = Atomic<Int>(0)
    let hooked = HookedStore(store: copy) { _, _ in
      if count.add(1, ordering: .relaxed).oldValue >= number { throw Killed() }
    }
    do {
      _ = try StoredForgetting(storage("\(name)-mirror", hooked)).perform(selectors(), date: date)
    } catch is Killed {}
    return (copy, count.load(ordering: .relaxed))
  }

  @Test func whatIsDamagedInTheStoreIsMadeAgain() async throws {
    let before = try stored(in: store)
    let names = try store.names(beginning: "work/attempts/")
    for (name, isRemoved) in [
      ("documents/part-00001.jsonl.zst", false), ("corpus/text/part-00000.tar", true),
      ("shards/text/shard-00000.safetensors", false), ("work/ledger/curate/part-00002", true),
    ] {
      let object = try #require(names.first { $0.contains(name) })
      var bytes = try #require(try store.read(object))
      bytes[bytes.count / 2] ^= 1
      if isRemoved { try store.remove(object) } else { try store.write(bytes, as: object) }
    }
    try store.remove(RunDirectory.manifest(.tokenize, 1))
    let storage = storage("other mirror")
    #expect(try StoredRepair.begun(storage).last == .catalog)
    let report = try await StoredRepair(storage, stages: run.stages).perform()
    #expect(report.isRestored && report.partitions.count == 4)
    #expect(try stored(in: store) == before)
    #expect(try InspectedRun(storage.mirror).verify(traces: 2).isSound)
    let again = try await StoredRepair(storage, stages: run.stages).perform()
    #expect(again.files.isEmpty && again.partitions.isEmpty)
  }
}

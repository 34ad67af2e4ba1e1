import Compression
import Documents
import Foundation
import Hashing
import Inspection
import Provenance
import Sharding
import Storage
import TestSupport
import Testing

@testable import Pipelines

/// Pages and images taken out of a run: what goes, what stays as it was, what never comes back.
@Suite struct ForgettingTests {
  private let example: ForgettableRun

  init() throws { example = try ForgettableRun() }

  /// A run that packs each corpus in so many ranges.
  private func made(ranges: Int) async throws -> ForgettableRun {
    let example = try ForgettableRun(ranges: ranges)
    _ = try await example.run()
    return example
  }

  private func selectors(
    urls: [String] = [], domains: [String] = [], images: [Digest] = []
  ) throws -> ForgetSelectors {
    var selectors = ForgetSelectors()
    for url in urls { try selectors.add(url: url) }
    for domain in domains { try selectors.add(domain: domain) }
    for image in images { try selectors.add(image: image.description) }
    return selectors
  }

  /// The files of a corpus, by archive.
  private func samples(_ root: String, _ corpus: Corpus) throws -> [[String: [UInt8]]] {
    try (0..<3).map { part in
      var files: [String: [UInt8]] = [:]
      var reader = try TarReader(path: root + "/" + RunDirectory.corpus(corpus, part))
      while let entry = try reader.next() { files[entry.name] = reader.bytes(of: entry) }
      return files
    }
  }

  private struct Sequence: Hashable {
    var tokens: [Int32]
    var mask: [UInt8]
    var images: [Digest]
    var features: [[UInt8]]
    var documents: [DocumentID]
  }

  private func sequences(_ root: String, _ corpus: Corpus) throws -> [Sequence] {
    let folder = root + "/" + RunDirectory.shards(corpus)
    return try ShardIndex(directory: folder).shards.flatMap { entry in
      let shard = try Shard(path: "\(folder)/\(entry.file)")
      try shard.verify()
      return try (0..<shard.count).map { index in
        let sequence = try shard.sequence(at: index)
        return Sequence(
          tokens: sequence.tokens, mask: sequence.lossMask,
          images: sequence.images.map { shard.imageDigest(row: $0.row) },
          features: sequence.images.map { shard.featureBytes(row: $0.row) },
          documents: sequence.segments.map(\.document))
      }
    }
  }

  private func document(_ root: String, _ page: Int) throws -> DocumentID? {
    try Ledger.open(path: root + "/" + RunDirectory.ledger)
      .documents(url: ForgettableRun.url(page)).first?.id
  }

  /// Whether any file of a run, decompressed, holds a text; what was named is told by its record alone.
  private func holders(_ root: String, of text: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: root).filter { name in
      let path = root + "/" + name
      guard FileSystem.isFile(path), !name.hasPrefix("forgotten/"),
        !name.hasPrefix("tokenizer/")
      else { return false }
      var bytes = try FileSystem.read(path)
      if name.hasSuffix(".zst") {
        bytes = CompressionFormat.zstd.decompress(bytes, limit: 1 << 28).bytes
      }
      return Data(bytes).range(of: Data(text.utf8)) != nil
    }
  }

  @Test(arguments: [1, 3]) func aPageGoesAndTheRestStaysAsItWas(ranges: Int) async throws {
    let example = try await made(ranges: ranges)
    let root = example.configuration.output
    let old = try example.copy(to: "old")
    let gone = try #require(try document(root, 6))
    let selectors = try selectors(urls: [ForgettableRun.url(6), ForgettableRun.image(6)])
    let preview = try Forgetting(root).preview(selectors)
    #expect(try ForgettableRun.files(root) == ForgettableRun.files(old))
    let record = try Forgetting(root).perform(selectors)
    #expect(record.counts == preview)
    #expect(record.documents == [gone])
    #expect(record.images == [Digest(of: ForgettableRun.picture(6))])
    for corpus in Corpus.crawled {
      #expect(record.counts[corpus].documents == 1)
      let rest = try samples(old, corpus).map { $0.filter { !$0.key.hasPrefix(gone.description) } }
      #expect(try samples(root, corpus) == rest)
      let before = try sequences(old, corpus)
      let after = try sequences(root, corpus)
      let untouched = before.filter { !$0.documents.contains(gone) }
      #expect(untouched.count < before.count)
      #expect(after.filter { untouched.contains($0) } == untouched)
      #expect(after.allSatisfy { !$0.documents.contains(gone) })
      #expect(
        record.counts[corpus].tokens
          == before.reduce(0) { $0 + $1.tokens.count - 1 }
          - after.reduce(0) { $0 + $1.tokens.count - 1 })
    }
    // What later stages divide their work by stays.
    let sizes = try Dictionary(
      uniqueKeysWithValues: StageName.allCases.filter { !$0.isCutByForgetting }.flatMap {
        try PartitionManifest.all(of: $0, in: RunDirectory(old)).flatMap(\.outputs)
      }.map { ($0.path, $0.bytes) })
    for stage in StageName.allCases where !stage.isCutByForgetting {
      for output in try PartitionManifest.all(of: stage, in: example.paths).flatMap(\.outputs) {
        #expect(output.madeBytes == sizes[output.path], "\(output.path)")
      }
    }
    let files = try ForgettableRun.files(root)
    let earlier = try ForgettableRun.files(old)
    #expect(record.files.allSatisfy { earlier[$0.path] == $0.before && files[$0.path] == $0.after })
    let rewritten = Set(record.files.map(\.path))
    for (path, digest) in earlier
    where !rewritten.contains(path) && !path.hasPrefix("work/manifests") {
      #expect(files[path] == digest)
    }
    for text in ["word6word", "host6.test"] { #expect(try holders(root, of: text) == []) }
    #expect(try ForgottenCheck(root).traces == [])
    try expectSound(root)
  }

  /// Everything that `weft verify` checks, and that another run finds nothing to make.
  private func expectSound(_ root: String) throws {
    let verification = try InspectedRun(root).verify(traces: 40) {
      PageReader.extract($0, url: $1, id: $2)
    }
    #expect(verification.findings == [])
  }

  @Test(arguments: [1, 3]) func aLaterRunMakesNothingAnew(ranges: Int) async throws {
    let example = try await made(ranges: ranges)
    let root = example.configuration.output
    _ = try Forgetting(root).perform(
      try selectors(urls: [ForgettableRun.url(2)], images: [ForgettableRun.sharedDigest]))
    let files = try ForgettableRun.files(root)
    let rows = try ForgettableRun.rows(root)
    let again = try await example.run()
    #expect(again.stages.map(\.made) == again.stages.map { _ in 0 })
    #expect(try ForgettableRun.files(root) == files)
    #expect(try ForgettableRun.rows(root) == rows)
    // The ledger can be made anew from its parts.
    try FileSystem.remove(root + "/" + RunDirectory.ledger)
    _ = try await example.run()
    #expect(try ForgettableRun.rows(root) == rows)
  }

  @Test func whatIsMadeAnewDoesNotHoldIt() async throws {
    _ = try await example.run()
    let root = example.configuration.output
    let gone = try #require(try document(root, 5))
    _ = try Forgetting(root).perform(
      try selectors(domains: ["host5.test"], images: [ForgettableRun.sharedDigest]))
    for name in ["work", "documents", "corpus", "tokenizer", "shards"] {
      try Directory.remove(root + "/" + name)
    }
    try FileSystem.remove(root + "/" + RunDirectory.ledger)
    _ = try await example.run()
    for text in ["word5word", "host5.test"] { #expect(try holders(root, of: text) == []) }
    #expect(try document(root, 5) == nil)
    for corpus in Corpus.crawled {
      #expect(
        try sequences(root, corpus).allSatisfy { sequence in
          !sequence.documents.contains(gone)
            && !sequence.images.contains(ForgettableRun.sharedDigest)
        })
      #expect(try !sequences(root, corpus).isEmpty)
    }
    try expectSound(root)
  }

  @Test(arguments: [1, 7]) func anImageGoesAndItsPagesStay(ranges: Int) async throws {
    let example = try await made(ranges: ranges)
    let root = example.configuration.output
    let shown = try sequences(root, .interleaved).reduce(0) {
      $0 + $1.images.count { $0 == ForgettableRun.sharedDigest }
    }
    #expect(shown == 4)
    let record = try Forgetting(root).perform(try selectors(images: [ForgettableRun.sharedDigest]))
    #expect(record.counts[.interleaved].changed == 4)
    #expect(record.counts[.interleaved].documents == 0)
    #expect(record.images == [ForgettableRun.sharedDigest])
    // Its 64 latents, `<image>` and `</image>`; of a last image `</s>` takes the place of `</line>`.
    #expect([66 * 4, 66 * 4 + 2].contains(record.counts[.interleaved].tokens))
    for page in 1...4 { #expect(try document(root, page) != nil) }
    for corpus in Corpus.crawled {
      let left = try sequences(root, corpus)
      #expect(left.allSatisfy { !$0.images.contains(ForgettableRun.sharedDigest) })
    }
    for part in 0..<3 {
      let features = try FeaturePart(path: root + "/" + RunDirectory.features(part))
      #expect(features.features(of: ForgettableRun.sharedDigest) == nil)
    }
    let holders = try holders(root, of: "shared.png")
    #expect(holders.filter { $0.hasPrefix("documents/") || $0.hasPrefix("corpus/") } == [])
    #expect(try ForgottenCheck(root).traces == [])
    try expectSound(root)
  }

  @Test(arguments: [3]) func anInterruptionLeavesTheOldStateOrTheNew(ranges: Int) async throws {
    let example = try await made(ranges: ranges)
    let root = example.configuration.output
    let selectors = try selectors(urls: [ForgettableRun.url(3)])
    let date = Date(timeIntervalSince1970: 1_000_000)
    let whole = try example.copy(to: "whole")
    var steps: [String] = []
    _ = try Forgetting(whole).perform(selectors, date: date) { steps.append($0) }
    let (oldFiles, oldRows) = (try ForgettableRun.files(root), try ForgettableRun.rows(root))
    let (newFiles, newRows) = (try ForgettableRun.files(whole), try ForgettableRun.rows(whole))
    #expect(steps.count > 20 && oldFiles != newFiles && oldRows != newRows)
    // Where it is decided, around the ledger, and some of the renames between.
    let last = steps.count - 1
    for stop in [0, 1, 2, 3] + Array(stride(from: 9, to: last - 2, by: 12)) + [last - 1, last] {
      let copy = try example.copy(to: "copy-\(stop)")
      var taken = 0
      #expect(throws: Forgetting.Interrupted.self) {
        try Forgetting(copy).perform(selectors, date: date) { _ in
          if taken == stop { throw Forgetting.Interrupted() }
          taken += 1
        }
      }
      let isNew = try Forgetting(copy).finish()
      #expect(isNew == (stop > 1), "\(steps[stop])")
      let files = try ForgettableRun.files(copy).filter { !$0.key.hasPrefix("work/forget") }
      #expect(files == (isNew ? newFiles : oldFiles), "\(steps[stop])")
      #expect(try ForgettableRun.rows(copy) == (isNew ? newRows : oldRows), "\(steps[stop])")
      try Directory.remove(copy)
    }
  }

  @Test func aFaultOfTheDiskLeavesTheRunAsItWas() async throws {
    _ = try await example.run()
    let root = example.configuration.output
    let files = try ForgettableRun.files(root)
    for step in ["staged", "journal"] {
      #expect(throws: StorageError.self) {
        try Forgetting(root).perform(try selectors(urls: [ForgettableRun.url(3)])) {
          if $0 == step { throw StorageError(.write, path: "x", errorNumber: 28) }
        }
      }
      #expect(try ForgettableRun.files(root) == files)
    }
  }

  @Test func whatMeansNothingAndARunInUseAreRefused() async throws {
    _ = try await example.run()
    let root = example.configuration.output
    let files = try ForgettableRun.files(root)
    let nothing = [
      try selectors(urls: ["http://host1.test/other"]), try selectors(domains: ["test.example"]),
      try selectors(domains: ["ost1.test"]), try selectors(images: [Digest(of: [1])]),
    ]
    for selectors in nothing {
      #expect(throws: RunError.self) { try Forgetting(root).preview(selectors) }
      #expect(throws: RunError.self) { try Forgetting(root).perform(selectors) }
    }
    let lock = try #require(try FileLock(path: root + "/.lock"))
    let error = #expect(throws: RunError.self) {
      try Forgetting(root).perform(try selectors(urls: [ForgettableRun.url(3)]))
    }
    #expect(error?.message.contains("another weft") == true)
    withExtendedLifetime(lock) {}
    #expect(throws: RunError.self) {
      try Forgetting(example.place.file("none")).preview(
        try selectors(urls: [ForgettableRun.url(3)]))
    }
    #expect(try ForgettableRun.files(root) == files)
  }

  @Test(arguments: ["page", "//host/page", "mailto:a@b.test", ""])
  func whatIsNoAddressIsRefused(text: String) {
    var selectors = ForgetSelectors()
    #expect(throws: RunError.self) { try selectors.add(url: text) }
    #expect(throws: RunError.self) { try selectors.add(image: text) }
    #expect(selectors.isEmpty)
  }

  @Test(arguments: [
    ("example.org", "http://example.org/a", true), ("example.org", "https://www.example.org", true),
    ("example.org", "http://notexample.org/", false),
    ("www.example.org", "http://example.org", false),
    ("EXAMPLE.org", "http://example.org:8080/?q", true), ("example.org", "about:forgotten", false),
  ])
  func aDomainMeansItsHosts(domain: String, url: String, isMeant: Bool) throws {
    #expect(try selectors(domains: [domain]).match(url) == isMeant)
  }

  @Test func aListNamesItsFaultyLine() throws {
    let path = example.place.file("list.txt")
    let digest = String(repeating: "ab", count: 32)
    try AtomicFile.write("# a comment\nhttp://a.test/x#y\n\n b.test \n\(digest)\n", to: path)
    var selectors = ForgetSelectors()
    try selectors.add(list: path)
    #expect(selectors.urls == ["http://a.test/x"] && selectors.domains == ["b.test"])
    #expect(selectors.images.map(\.description) == [digest])
    try AtomicFile.write("http://a.test/x\nabc\n", to: path)
    let error = #expect(throws: RunError.self) { try selectors.add(list: path) }
    #expect(error?.message.contains("list.txt:2:") == true)
  }
}

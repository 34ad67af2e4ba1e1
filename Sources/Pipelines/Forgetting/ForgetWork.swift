internal import Compression
internal import Documents
internal import Foundation
internal import Hashing
internal import Provenance
internal import Sharding
internal import Storage

/// One forgetting: what goes, and the new files without it.
///
/// Without ``StagedFiles`` it only counts.
struct ForgetWork {
  let directory: RunDirectory
  let selectors: ForgetSelectors
  let staged: StagedFiles?
  private let manifests: [PartitionManifest]
  private let selection: ForgetSelection
  private var corpora: CorpusExcision
  private var gone: Set<Digest> = []
  private(set) var counts = ForgetCounts()
  private var documents: [DocumentID] = []
  private var shards: PackedExcision
  private var changes: [PartKey: CountsChange] = [:]
  private var checkpoints: [ForgottenRecord.Checkpoint] = []
  /// The images that a part of the corpora listed and does not any more.
  private var unlisted: [String: [Digest]] = [:]

  private struct PartKey: Hashable {
    var stage: StageName
    var part: Int
  }

  /// Finds what goes and writes the new files.
  init(_ directory: RunDirectory, _ selectors: ForgetSelectors, staged: StagedFiles?) throws {
    self.directory = directory
    self.staged = staged
    manifests = try StageName.allCases.flatMap { try Self.manifests(of: $0, in: directory) }
    let ledger = try? Ledger.open(path: directory.path(RunDirectory.ledger))
    selection = try ForgetSelection(
      selectors, manifests: manifests, ledger: ledger, in: directory)
    self.selectors = selection.list.selectors
    corpora = CorpusExcision(directory: directory, list: selection.list)
    shards = try PackedExcision(directory: directory, manifests: manifests, staged: staged)
    try selection.requireSomething()
    try rewriteNotes()
    try rewriteCorpora()
    try rewriteTokens()
    try rewriteManifests()
  }

  private static func manifests(
    of stage: StageName, in directory: RunDirectory
  ) throws -> [PartitionManifest] {
    let folder = directory.path("work/manifests/\(stage.rawValue)")
    guard Directory.isDirectory(folder) else { return [] }
    return try Directory.names(in: folder).filter { $0.hasSuffix(".json") }
      .map { try PartitionManifest.read("\(folder)/\($0)") }.sorted { $0.partition < $1.partition }
  }

  private func parts(of stage: StageName) -> [Int] {
    manifests.filter { $0.stage == stage }.map(\.partition)
  }

  private mutating func change(
    _ stage: StageName, _ part: Int, _ body: (inout CountsChange) -> Void
  ) {
    body(&changes[PartKey(stage: stage, part: part), default: CountsChange()])
  }

  /// Documents, and what is noted of records, images and duplicates.
  private mutating func rewriteNotes() throws {
    let notes = NoteExcision(directory: directory, selection: selection, staged: staged)
    for part in parts(of: .extract) { documents += try notes.rewriteDocuments(part) }
    for part in parts(of: .read) { try notes.rewriteResponses(part) }
    for part in parts(of: .images) {
      try notes.rewriteImages(part, hasScores: parts(of: .classify).contains(part))
    }
    for range in parts(of: .locate) { try notes.rewriteIndex(range) }
    if !parts(of: .deduplicate).isEmpty {
      for part in parts(of: .extract) { try notes.rewriteDuplicates(part) }
    }
    counts.records = selection.list.records.count
    counts.documents = documents.count
  }

  private mutating func rewriteCorpora() throws {
    let parts = parts(of: .curate)
    for corpus in Corpus.crawled {
      for part in parts { try corpora.search(corpus, part: part) }
    }
    gone = corpora.lost
    for part in parts { gone.subtract(try corpora.stillShown(corpora.lost, part: part)) }
    counts.corpora = corpora.counts.corpora
    counts.images = gone.count
    guard let staged else { return }
    for corpus in Corpus.crawled {
      for part in parts {
        let relative = RunDirectory.corpus(corpus, part)
        guard corpora.archives.contains(relative) else { continue }
        try corpora.rewrite(corpus, part: part, to: staged.path(relative))
        try staged.add(relative)
      }
    }
    let notes = NoteExcision(directory: directory, selection: selection, staged: staged)
    for part in parts {
      let still = try corpora.stillShown(corpora.lost, part: part)
      unlisted[RunDirectory.shownImages(part)] = try notes.rewriteShown(
        part, gone: corpora.lost.subtracting(still))
    }
    for part in self.parts(of: .sample) { try notes.rewriteSample(part) }
  }

  private mutating func rewriteTokens() throws {
    var tokens = try TokenExcision(
      directory: directory, corpora: corpora, gone: gone,
      shard: shards.first(of: .interleaved))
    for corpus in Corpus.crawled {
      for part in parts(of: .tokenize) {
        let relative = RunDirectory.tokens(corpus, part)
        guard
          let removed = try tokens.rewriteTokens(corpus, part: part, to: staged?.path(relative))
        else { continue }
        try staged?.add(relative)
        change(.tokenize, part) { $0.remove(kept: corpus.unit, removed) }
      }
    }
    for part in parts(of: .encode) {
      let relative = RunDirectory.features(part)
      guard let removed = try tokens.rewriteFeatures(part: part, to: staged?.path(relative)) else {
        continue
      }
      try staged?.add(relative)
      change(.encode, part) { $0.remove(kept: .distinctImage, removed) }
    }
    checkpoints = try TrainedCheckpoints(directory).all()
    for corpus in Corpus.crawled {
      for (part, result) in try shards.rewrite(corpus, tokens.excision(of: corpus)) {
        counts[corpus].sequences += result.removed
        counts[corpus].cut += result.cut
        counts[corpus].tokens += result.tokens
        change(.shard, part) {
          $0.remove(kept: .sequence, result.removed)
          $0.remove(kept: .token, result.tokens)
        }
      }
    }
  }

  /// The rows of the ledger, and the manifests that name all new files.
  private func rewriteManifests() throws {
    guard let staged else { return }
    for manifest in manifests {
      var rows = LedgerExcision(
        list: selection.list, corpora: corpora, gone: gone, urls: selection.imageURLs,
        shards: shards.rewritten, documents: documents.count, staged: staged)
      let key = PartKey(stage: manifest.stage, part: manifest.partition)
      if let change = changes[key] { rows.change { $0 = change } }
      guard try rows.rewrite(manifest.stage, part: manifest.partition) else { continue }
      let path = RunDirectory.manifest(manifest.stage, manifest.partition)
      try amended(manifest, rows.counts, staged).write(to: staged.path(path))
      staged.add(manifest: path)
    }
  }

  private func amended(
    _ manifest: PartitionManifest, _ change: CountsChange, _ staged: StagedFiles
  ) -> PartitionManifest {
    var amended = manifest
    amended.counts = change.applied(to: manifest.counts)
    amended.outputs = manifest.outputs.compactMap { output in
      guard let file = staged.file(output.path) else { return output }
      guard let digest = file.after, let bytes = staged.sizes[output.path] else { return nil }
      var new = output
      new.bytes = bytes
      if let removed = unlisted[output.path] { new.removed = (output.removed ?? []) + removed }
      // A training on other shards is another training, so the digest of shards is theirs.
      if manifest.stage.isCutByForgetting {
        new.digest = digest
      } else {
        new.amended = digest
        new.originalBytes = output.madeBytes
      }
      return new
    }
    if manifest.stage == .catalog, let key = shards.key(of: manifest) { amended.key = key }
    return amended
  }
}

extension ForgetWork {
  /// The record of it.
  ///
  /// - Parameter others: What holds some of it beside what the directory does.
  func record(date: Date, others: [String]) throws -> ForgottenRecord {
    let earlier = try ForgottenRecord.all(of: directory).last
    return ForgottenRecord(
      number: (earlier?.number ?? 0) + 1, date: date.formatted(.iso8601),
      previous: try earlier.map {
        try Digest(ofFile: directory.path(ForgottenRecord.path($0.number)))
      },
      selectors: selectors, records: selection.list.records.sorted(), documents: documents.sorted(),
      images: gone.sorted(), counts: counts,
      files: (staged?.files ?? []).sorted { $0.path < $1.path }, checkpoints: checkpoints,
      remaining: try remaining() + others)
  }

  /// What still holds something of it.
  private func remaining() throws -> [String] {
    var places = selection.archives.map {
      "\($0): an archive of the crawl, which weft does not change"
    }
    let fetched = directory.path("fetched")
    if Directory.isDirectory(fetched), try !Directory.names(in: fetched).isEmpty {
      places.append("fetched/: images as they were fetched are not rewritten")
    }
    if FileSystem.isFile(directory.path(RunDirectory.tokenizer)) {
      places.append("\(RunDirectory.tokenizer): its pieces were learnt from the text as it was")
    }
    if checkpoints.contains(where: \.isOfTheseShards) {
      places.append("checkpoints: those of these shards were trained on it")
    }
    return places
  }
}

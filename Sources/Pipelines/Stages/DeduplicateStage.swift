internal import Compression
internal import Deduplication
public import Documents
internal import Hashing
internal import Provenance
internal import Storage

/// Decides which documents are duplicates of others, over the whole run.
///
/// It is one partition: whether a document is a duplicate depends on all of them.
public struct DeduplicateStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .deduplicate }

  /// Plans the one partition.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let parts = try run.manifests(of: .extract)
    let rules = run.configuration.deduplicate
    let signatures = try RunSignatures(run)
    let matches = try files(of: .match, run, RunDirectory.matches)
    let pairs = try files(of: .compare, run, RunDirectory.nearPairs)
    var key = try PartitionKey().reading(signatures.digests)
      .reading((matches + pairs).map(\.digest)).with("deduplicate", rules)
    var reads = signatures.paths + (matches + pairs).map(\.path)
    if rules.paragraphs.enabled {
      key = key.reading(parts.flatMap(\.outputs).map(\.digest))
      reads += parts.map { RunDirectory.documents($0.partition) }
    }
    let work = try Int64(DuplicateDivision.count(.page, of: run))
    return [
      Partition(index: 0, key: key, work: work, reads: reads) { writer in
        let clusters = try DuplicateClusters(
          signatures.open(), matches: matches.map { run.directory.path($0.path) },
          pairs: pairs.map { run.directory.path($0.path) }, rules: rules)
        return try Deduplication(
          run: run, parts: parts.map(\.partition), clusters: clusters, writer: writer
        ).perform()
      }
    ]
  }

  /// The files of a stage's partitions, in their order.
  private func files(
    of stage: StageName, _ run: RunContext, _ path: (Int) -> String
  ) throws -> [PartitionManifest.Output] {
    try run.manifests(of: stage).compactMap { manifest in
      manifest.outputs.first { $0.path == path(manifest.partition) }
    }
  }
}

/// The writing of what was found.
private struct Deduplication {
  let run: RunContext
  let parts: [Int]
  let clusters: DuplicateClusters
  let writer: PartitionWriter

  func perform() throws -> StageCounts {
    var counts = StageCounts()
    try clusters.forEachPart(in: writer.searchSpace(.deduplicate, 0)) { index, found in
      let part = parts[index]
      let signed = try SignatureFile(path: run.directory.path(RunDirectory.signatures(part)))
      try write(found, of: signed.documents(), part: part, counting: &counts)
    }
    // Partitions of the stages before that were killed may have left something to sort.
    try Directory.remove(writer.path(of: RunDirectory.sortedRuns))
    return counts
  }

  /// Names the duplicates of a part, which the search knows by their places.
  private func write(
    _ found: Duplicates, of documents: [(id: DocumentID, texts: Int)], part: Int,
    counting counts: inout StageCounts
  ) throws {
    let dropped = Dictionary(uniqueKeysWithValues: found.documents.map { ($0.index, $0.reason) })
    let blocks = Dictionary(grouping: found.blocks, by: \.index)
    var lines = try JSONLinesWriter(path: writer.output(RunDirectory.duplicates(part)))
    for (index, document) in documents.enumerated() {
      if let reason = dropped[index] {
        counts[.page].drop(reason.code)
        try lines.write(DuplicateLine(document: document.id, reason: reason))
        try writer.record(
          .decision(.init(unit: .page, subject: .record(document.id), reason: reason)))
      } else {
        counts[.page].keep()
        counts[.node].keep(document.texts - (blocks[index]?.count ?? 0))
        if let blocks = blocks[index] {
          try lines.write(DuplicateLine(document: document.id, nodes: blocks.map(\.node)))
        }
      }
    }
    try lines.commit()
    let named = Dictionary(grouping: found.blocks) { documents[$0.index].id }
    if !named.isEmpty { try note(named, part: part, counting: &counts) }
  }

  /// Writes down why blocks are dropped; only the documents know the paths of their elements.
  private func note(
    _ blocks: [DocumentID: [Duplicates.Block]], part: Int, counting counts: inout StageCounts
  ) throws {
    var documents = try JSONLinesReader<InterleavedDocument>(
      path: run.directory.path(RunDirectory.documents(part)))
    while let document = try documents.next() {
      for block in blocks[document.id] ?? [] {
        counts[.node].drop(block.reason.code)
        try writer.record(
          .decision(
            .init(
              unit: .node, subject: .record(document.id), place: block.node,
              path: document.nodes[block.node].path, reason: block.reason)))
      }
    }
  }
}

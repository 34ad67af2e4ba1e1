internal import Compression
internal import Deduplication
public import Documents
internal import Provenance

/// Finds the documents that are duplicates of others, over the whole run.
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
    let key = try PartitionKey().reading(parts.flatMap(\.outputs).map(\.digest))
      .reading(run.digests(of: .signatures, under: "work/signatures"))
      .with("deduplicate", run.configuration.deduplicate)
    let work = parts.reduce(0) { $0 + Int64($1.counts[.page].kept) }
    let reads = parts.map(\.partition).flatMap {
      [RunDirectory.documents($0), RunDirectory.signatures($0)]
    }
    return [
      Partition(index: 0, key: key, work: work, reads: reads) { writer in
        try Deduplication(run: run, parts: parts.map(\.partition), writer: writer).perform()
      }
    ]
  }
}

/// The search for duplicates, and the writing of what it finds.
private struct Deduplication {
  let run: RunContext
  let parts: [Int]
  let writer: PartitionWriter

  func perform() throws -> StageCounts {
    let signatures = try parts.map {
      try SignatureFile(path: run.directory.path(RunDirectory.signatures($0)))
    }
    let found = try DuplicateSearch(
      signatures, rules: run.configuration.deduplicate,
      scratch: writer.path(of: RunDirectory.sortedRuns)
    ).run()
    var counts = StageCounts()
    for ((part, signed), duplicates) in zip(zip(parts, signatures), found) {
      try writer.checkInterruption()
      try write(duplicates, of: signed.documents(), part: part, counting: &counts)
    }
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
      writer.advance(by: 1)
    }
    try lines.commit()
    if !blocks.isEmpty { try note(blocks, part: part, counting: &counts) }
  }

  /// Writes down why blocks are dropped; only the documents know the paths of their elements.
  private func note(
    _ blocks: [Int: [Duplicates.Block]], part: Int, counting counts: inout StageCounts
  ) throws {
    var documents = try JSONLinesReader<InterleavedDocument>(
      path: run.directory.path(RunDirectory.documents(part)))
    var index = 0
    while let document = try documents.next() {
      for block in blocks[index] ?? [] {
        counts[.node].drop(block.reason.code)
        try writer.record(
          .decision(
            .init(
              unit: .node, subject: .record(document.id), place: block.node,
              path: document.nodes[block.node].path, reason: block.reason)))
      }
      index += 1
    }
  }
}

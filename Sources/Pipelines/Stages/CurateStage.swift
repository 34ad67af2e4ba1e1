internal import Compression
internal import Curation
public import Documents
internal import Provenance
internal import Sharding
internal import WebArchive

/// Turns documents and images into the three corpora, by the rules of the pipeline.
///
/// A partition is a part of the extracted documents; it gives one archive of each corpus.
public struct CurateStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .curate }

  /// Plans one partition for each part of the extracted documents.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let resolved =
      try run.digests(of: .locate, under: "work/locate")
      + run.digests(of: .resolve, under: "work/resolve")
    let index = try ImageIndex.files(of: run) + ImagePageCounts.files(of: run)
    let duplicates = try run.manifests(of: .deduplicate).flatMap(\.outputs)
    let files = try CurationFiles(run.configuration.curate, pipeline: "the pipeline")
    return try run.manifests(of: .extract).map { manifest in
      let part = manifest.partition
      return Partition(
        index: part,
        key: try PartitionKey().reading(manifest.outputs.map(\.digest)).reading(resolved)
          .reading(
            duplicates.filter { $0.path == RunDirectory.duplicates(part) }.map(\.digest)
          )
          .with("inputs", run.inputs.map(\.digest)).with("seed", run.configuration.seed)
          .with("store", run.configuration.images.store)
          .with("curate", run.configuration.curate).reading(files.digests),
        work: Int64(manifest.counts[.page].kept),
        reads: [RunDirectory.documents(part), RunDirectory.duplicates(part)] + index
      ) {
        try DocumentCuration(run: run, part: part, lists: files.lists, writer: $0).perform()
      }
    }
  }
}

/// The curation of a part's documents.
private struct DocumentCuration {
  let run: RunContext
  let part: Int
  let lists: CurationLists
  let writer: PartitionWriter

  func perform() throws -> StageCounts {
    let index = try ImageIndex(run)
    var rules = run.configuration.curate
    rules.seed = run.configuration.seed
    let curator = Curator(configuration: rules, lists: lists)
    let corpora = try CorpusWriter(run: run, part: part, writer: writer)
    var counts = StageCounts()
    var waiting = WaitingPages()
    func write() throws {
      corpora.expect(waiting.pages.map(\.curated))
      for page in waiting.pages {
        try writer.checkInterruption()
        try note(page, in: &counts)
        try corpora.write(page.curated, of: page.document)
      }
      waiting = WaitingPages()
    }
    var documents = try JSONLinesReader<InterleavedDocument>(
      path: run.directory.path(RunDirectory.documents(part)))
    let duplicates = try DuplicateList(run: run, part: part)
    while let extracted = try documents.next() {
      try writer.checkInterruption()
      writer.advance(by: 1)
      guard let document = duplicates.remainder(of: extracted) else { continue }
      let resolved = run.forgotten.removed(from: try index.images(of: document))
      let page = curator.curate(document) { resolved[$0.url] ?? .dropped(Reason(.noURL)) }
      waiting.add(
        .init(document: document, curated: page, images: resolved),
        bringing: try corpora.imagesToBring(for: page))
      if waiting.areEnough { try write() }
    }
    try write()
    try corpora.commit()
    return counts
  }

  private func note(_ page: WaitingPages.Page, in counts: inout StageCounts) throws {
    counts.add(page.curated.counts)
    for row in page.curated.decisions { try writer.record(.decision(row)) }
    for (ordinal, image) in page.document.images.enumerated() {
      try writer.record(
        .documentImage(
          .init(
            document: page.document.id, image: ordinal, url: image.url,
            digest: page.images[image.url]?.value?.digest)))
    }
  }
}

internal import Compression
internal import Curation
internal import Deduplication
public import Documents
internal import Storage

/// Finds what the image URLs of all documents lead to, and how many pages show each image.
///
/// It is one partition, since an image may stand in any archive and on any page.
public struct ResolveStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .resolve }

  /// Plans the one partition.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let parts = try run.manifests(of: .extract).map(\.partition)
    let distance = run.configuration.curate.images.nearDuplicateBits
    let key = try PartitionKey().reading(run.digests(of: .images, under: "work/images"))
      .reading(run.scoreDigests()).reading(run.digests(of: .read, under: "work/read"))
      .reading(run.digests(of: .signatures, under: "work/signatures"))
      .reading(run.digests(of: .deduplicate, under: "work/duplicates"))
      .with("inputs", run.inputs.map(\.digest)).with("nearDuplicateBits", distance)
    let images = try run.manifests(of: .images).reduce(0) {
      $0 + Int64($1.counts[.imageResponse].entered)
    }
    let reads = try reads(of: run, parts: parts)
    return [
      Partition(index: 0, key: key, work: images, reads: reads) { writer in
        try ImageResolution(run: run, parts: parts, nearBits: distance, writer: writer).perform()
      }
    ]
  }
}

extension ResolveStage {
  private func reads(of run: RunContext, parts: [Int]) throws -> [String] {
    var reads = run.inputs.map { RunDirectory.records($0.input) }
    for part in try run.manifests(of: .images).map(\.partition) {
      reads.append(RunDirectory.images(part))
      if run.configuration.images.classifier.isOn { reads.append(RunDirectory.imageScores(part)) }
    }
    for part in parts { reads += [RunDirectory.duplicates(part), RunDirectory.imageURLs(part)] }
    return reads
  }
}

/// The making of the image index and of the number of pages of each image.
private struct ImageResolution {
  let run: RunContext
  let parts: [Int]
  let nearBits: Int?
  let writer: PartitionWriter

  func perform() throws -> StageCounts {
    let scratch = writer.path(of: RunDirectory.sortedRuns)
    try Directory.remove(scratch)
    try Directory.make(scratch + "/images")
    try Directory.make(scratch + "/urls")
    let keys = writer.output(RunDirectory.imageKeys)
    let entries = writer.output(RunDirectory.imageEntries)
    var entriesWriter = try ImageIndexWriter(
      keys: keys, entries: entries, scratch: scratch + "/urls")
    let alike = try addImages(to: &entriesWriter, scratch: scratch + "/images")
    try addRedirects(to: &entriesWriter)
    try entriesWriter.commit()
    let index = try ImageIndex(keys: keys, entries: entries, pages: nil)
    let counts = try countPages(index, alike: alike, scratch: scratch)
    try Directory.remove(scratch)
    return counts
  }

  /// Adds the image responses in the order of the archives.
  ///
  /// - Returns: Which images look alike, where that is asked for.
  private func addImages(
    to index: inout ImageIndexWriter, scratch: String
  ) throws -> LookAlikes? {
    var images = LookAlikes.Gathering(directory: scratch)
    for manifest in try run.manifests(of: .images) {
      try writer.checkInterruption()
      var reader = try JSONLinesReader<ImageOutcome>(
        path: run.directory.path(RunDirectory.images(manifest.partition)))
      let scores = try PartScores(run, part: manifest.partition)
      while var outcome = try reader.next() {
        try scores.add(to: &outcome)
        writer.advance(by: 1)
        guard let key = ImageURLKey(outcome.url) else { continue }
        if let image = outcome.image {
          try index.add(ImageIndexEntry(key: key, target: .image(image)))
          if nearBits != nil { try images.add(image) }
        } else if let reason = outcome.reason {
          try index.add(ImageIndexEntry(key: key, target: .fault(reason)))
        }
      }
    }
    guard let nearBits else { return nil }
    return try images.finish(distance: nearBits)
  }

  private func addRedirects(to index: inout ImageIndexWriter) throws {
    for input in run.inputs {
      var reader = try JSONLinesReader<ArchivedResponse>(
        path: run.directory.path(RunDirectory.records(input.input)))
      while let response = try reader.next() {
        guard response.kind == .redirect, let target = response.target.flatMap(ImageURLKey.init),
          let key = ImageURLKey(response.url)
        else { continue }
        try index.add(ImageIndexEntry(key: key, target: .redirect(target)))
      }
    }
  }

  /// Counts the pages of each image, and the URLs that lead to one.
  private func countPages(
    _ index: ImageIndex, alike: LookAlikes?, scratch: String
  ) throws -> StageCounts {
    var counts = StageCounts()
    var shown = ExternalSorter(directory: scratch + "/images")
    try urls(scratch: scratch).forEachGroup { url, documents in
      try writer.checkInterruption()
      switch try index.resolve(hash: url) {
      case .dropped(let reason): counts[.imageURL].drop(reason.code)
      case .kept(let image):
        counts[.imageURL].keep()
        let group = alike?.group(of: image.digest.prefix) ?? image.digest.prefix
        for document in documents { try shown.add(UInt128(group) << 64 | UInt128(document)) }
      }
    }
    let pages = try AtomicFile(path: writer.output(RunDirectory.imagePages))
    var groups: [UInt64: UInt64] = [:]
    try shown.forEachGroup { group, documents in
      // The same document may show an image by several URLs.
      var distinct = 1
      for (one, next) in zip(documents, documents.dropFirst()) where one != next { distinct += 1 }
      if alike == nil {
        try pages.write(words: [group, UInt64(distinct)])
      } else {
        groups[group] = UInt64(distinct)
      }
    }
    try alike?.forEach { image, group in
      if let count = groups[group] { try pages.write(words: [image, count]) }
    }
    try pages.commit()
    return counts
  }

  /// The image URLs of the documents that are no duplicates, each with the numbers of its documents.
  private func urls(scratch: String) throws -> ExternalSorter {
    var sorter = ExternalSorter(directory: scratch + "/urls")
    var number: UInt64 = 0
    for part in parts {
      try writer.checkInterruption()
      let duplicates = try DuplicateList(run: run, part: part)
      var reader = try ImageURLReader(path: run.directory.path(RunDirectory.imageURLs(part)))
      while let (document, urls) = try reader.next() {
        number += 1
        if duplicates.drops(document) { continue }
        for url in urls { try sorter.add(UInt128(url) << 64 | UInt128(number)) }
      }
    }
    return sorter
  }
}

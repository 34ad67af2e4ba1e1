internal import Curation
internal import Deduplication
public import Documents
internal import Storage

/// Counts how many pages show each image, and how many image URLs lead to one.
///
/// A partition is a range of the digests of images. Each follows the image URLs of all documents and takes
/// those that lead to an image of its range. Look-alikes count as one image.
public struct ResolveStage: Stage {
  private let imagesPerRange: Int

  /// Makes the stage.
  public init() { self.init(imagesPerRange: 8 << 20) }

  /// A stage with other ranges, for tests.
  init(imagesPerRange: Int) { self.imagesPerRange = imagesPerRange }

  /// The stage's name.
  public var name: StageName { .resolve }

  /// Plans one partition for each range of digests.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let parts = try run.manifests(of: .extract).map(\.partition)
    let images = try run.imageResponses()
    let ranges = HashRanges(of: images, perRange: imagesPerRange)
    let isGrouping = run.configuration.curate.images.nearDuplicateBits != nil
    let alike =
      isGrouping
      ? try run.manifests(of: .alike).map { RunDirectory.alikePairs($0.partition) } : []
    let key = try PartitionKey().reading(run.digests(of: .locate, under: "work/locate"))
      .reading(isGrouping ? run.digests(of: .alike, under: "work/alike") : [])
      .reading(run.digests(of: .signatures, under: "work/signatures"))
      .reading(run.digests(of: .deduplicate, under: "work/duplicates"))
      .with("ranges", ranges.count)
    let reads =
      try ImageIndex.files(of: run) + alike
      + parts.flatMap { [RunDirectory.duplicates($0), RunDirectory.imageURLs($0)] }
    return (0..<ranges.count).map { range in
      Partition(index: range, key: key, work: Int64(images), reads: reads) { writer in
        try writer.sorting { scratch in
          try PageCounting(
            index: ImageIndex(run, withPages: false),
            groups: RangeGroups(
              alike: LookAlikes(pairs: alike.map(run.directory.path), directory: scratch),
              ranges: ranges, range: range),
            urls: ShownURLs(run: run, parts: parts, scratch: scratch, work: Int64(images)),
            scratch: scratch, writer: writer
          ).perform(to: RunDirectory.pagesOfImages(range))
        }
      }
    }
  }
}

/// The counting of the pages that show the images of a range.
private struct PageCounting {
  let index: ImageIndex
  let groups: RangeGroups
  let urls: ShownURLs
  let scratch: String
  let writer: PartitionWriter

  func perform(to output: String) throws -> StageCounts {
    var shown = ExternalSorter(directory: scratch + "/shown")
    var counted = ExternalSorter(directory: scratch + "/counted")
    try urls.forEach(writer) { url, documents in
      switch try index.resolve(hash: url) {
      case .dropped:
        if groups.ranges.range(of: url) == groups.range { try counted.add(UInt128(url)) }
      case .kept(let image):
        let group = groups.alike.group(of: image.digest.prefix)
        // Every URL is counted in one range: that of its group, or its own where it has none.
        if groups.ranges.range(of: group) == groups.range { try counted.add(UInt128(url)) }
        guard groups.takes(group) else { return }
        for document in documents { try shown.add(UInt128(group) << 64 | UInt128(document)) }
      }
    }
    try writePages(shown, to: output)
    return try counts(of: counted)
  }

  /// Counts the URLs, each once however many documents have it.
  private func counts(of urls: consuming ExternalSorter) throws -> StageCounts {
    var counts = StageCounts()
    var last: UInt128?
    try urls.forEach { url in
      if url == last { return }
      last = url
      switch try index.resolve(hash: UInt64(truncatingIfNeeded: url)) {
      case .dropped(let reason): counts[.imageURL].drop(reason.code)
      case .kept: counts[.imageURL].keep()
      }
    }
    return counts
  }

  private func writePages(_ shown: consuming ExternalSorter, to output: String) throws {
    let pages = try AtomicFile(path: writer.output(output))
    var rows = GroupRows(groups)
    var group: UInt64?
    var count: UInt64 = 0
    var last: UInt128?
    func end() throws {
      if let group { try rows.add(group, count: count) { try pages.write(words: [$0, $1]) } }
    }
    try shown.forEach { entry in
      // The same document may show an image by several URLs.
      if entry == last { return }
      last = entry
      let next = UInt64(truncatingIfNeeded: entry >> 64)
      if next != group {
        try end()
        (group, count) = (next, 0)
      }
      count += 1
    }
    try end()
    try rows.finish { try pages.write(words: [$0, $1]) }
    try pages.commit()
  }
}

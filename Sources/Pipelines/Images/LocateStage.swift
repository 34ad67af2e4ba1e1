internal import Compression
public import Documents

/// Makes the image index: what each URL of an image response or a redirect leads to.
///
/// A partition is a range of the hashes of URLs. Each reads the notes of the whole crawl and takes what
/// is in its range.
public struct LocateStage: Stage {
  private let entriesPerRange: Int

  /// Makes the stage.
  public init() { self.init(entriesPerRange: 8 << 20) }

  /// A stage with other ranges, for tests.
  init(entriesPerRange: Int) { self.entriesPerRange = entriesPerRange }

  /// The stage's name.
  public var name: StageName { .locate }

  /// Plans one partition for each range of hashes.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let images = try run.imageResponses()
    // What the read stage hands on are pages, images and redirects. Unlike the files' sizes, these counts
    // stay when something is forgotten, and with them the division.
    let responses = try run.manifests(of: .read).reduce(0) { $0 + $1.counts[.record].kept }
    let pages = try run.manifests(of: .extract).reduce(0) { $0 + $1.counts[.page].entered }
    let ranges = HashRanges(of: responses - pages, perRange: entriesPerRange)
    let key = try PartitionKey().reading(run.digests(of: .images, under: "work/images"))
      .reading(run.scoreDigests()).reading(run.digests(of: .read, under: "work/read"))
      .with("inputs", run.inputs.map(\.digest)).with("ranges", ranges.count)
    let reads = try run.imageReads() + run.inputs.map { RunDirectory.records($0.input) }
    return (0..<ranges.count).map { range in
      Partition(index: range, key: key, work: Int64(images), reads: reads) { writer in
        try ImageLocation(run: run, ranges: ranges, range: range, writer: writer).perform()
        return StageCounts()
      }
    }
  }
}

/// The making of the image index of one range.
private struct ImageLocation {
  let run: RunContext
  let ranges: HashRanges
  let range: Int
  let writer: PartitionWriter

  func perform() throws {
    try writer.sorting { scratch in
      var index = try ImageIndexWriter(
        keys: writer.output(RunDirectory.imageIndexKeys(range)),
        entries: writer.output(RunDirectory.imageIndexEntries(range)), scratch: scratch)
      try run.forEachImageOutcome(writer) { outcome in
        guard let key = key(of: outcome.url) else { return }
        if let image = outcome.image {
          try index.add(ImageIndexEntry(key: key, target: .image(image)))
        } else if let reason = outcome.reason {
          try index.add(ImageIndexEntry(key: key, target: .fault(reason)))
        }
      }
      try addRedirects(to: &index)
      try index.commit()
    }
  }

  private func addRedirects(to index: inout ImageIndexWriter) throws {
    for input in run.inputs {
      try writer.checkInterruption()
      var reader = try JSONLinesReader<ArchivedResponse>(
        path: run.directory.path(RunDirectory.records(input.input)))
      while let response = try reader.next() {
        guard response.kind == .redirect, let target = response.target.flatMap(ImageURLKey.init),
          let key = key(of: response.url)
        else { continue }
        try index.add(ImageIndexEntry(key: key, target: .redirect(target)))
      }
    }
  }

  /// The key of a URL of the range; `nil` where it is none, or is forgotten.
  private func key(of url: String) -> ImageURLKey? {
    guard url != ForgottenList.address, let key = ImageURLKey(url),
      ranges.range(of: key.hash) == range
    else { return nil }
    return key
  }
}

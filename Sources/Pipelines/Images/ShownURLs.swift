internal import Documents
internal import Storage

/// The image URLs of those documents of a run that are no duplicates.
struct ShownURLs {
  let run: RunContext
  let parts: [Int]
  let scratch: String
  /// What reading all of them is in the stage's unit of progress.
  let work: Int64

  /// So many URLs are put in order at once, so that each is followed once and the index is read in its
  /// own order.
  private static let batch = 4 << 20

  /// Calls a function with the hashes of URLs, each with the numbers of the documents that show it.
  ///
  /// A URL of many documents comes several times, with other documents each time.
  func forEach(
    _ writer: PartitionWriter, _ body: (_ url: UInt64, _ documents: [UInt64]) throws -> Void
  ) throws {
    var sorter = newSorter
    var (count, number): (Int, UInt64) = (0, 0)
    for (place, part) in parts.enumerated() {
      let duplicates = try DuplicateList(run: run, part: part)
      var reader = try ImageURLReader(path: run.directory.path(RunDirectory.imageURLs(part)))
      while let (document, urls) = try reader.next() {
        number += 1
        if duplicates.drops(document) { continue }
        if count + urls.count > Self.batch {
          try writer.checkInterruption()
          try sorter.forEachGroup(body)
          sorter = newSorter
          count = 0
        }
        count += urls.count
        for url in urls { try sorter.add(UInt128(url) << 64 | UInt128(number)) }
      }
      try writer.checkInterruption()
      let (done, all) = (Int64(place), Int64(parts.count))
      writer.advance(by: work * (done + 1) / all - work * done / all)
    }
    try sorter.forEachGroup(body)
  }

  private var newSorter: ExternalSorter {
    ExternalSorter(directory: scratch + "/urls", memoryBytes: Self.batch * 16)
  }
}

internal import Documents

/// How many pages show each image of a run, as the resolve stage counted them.
struct ImagePageCounts: Sendable {
  private let ranges: HashRanges
  private let files: [SortedRows]

  /// Opens the files of a run whose images are resolved.
  init(_ run: RunContext) throws {
    try self.init(paths: Self.files(of: run).map(run.directory.path))
  }

  /// Opens the files of all ranges, in order.
  init(paths: [String]) throws {
    ranges = HashRanges(count: paths.count)
    files = try paths.map { try SortedRows(path: $0) }
  }

  /// The files of a run, in the order of the ranges.
  static func files(of run: RunContext) throws -> [String] {
    try run.manifests(of: .resolve).map { RunDirectory.pagesOfImages($0.partition) }
  }

  /// How many pages show an image; `nil` where none does.
  func pages(of image: Digest) -> Int? {
    let rows = files[ranges.range(of: image.prefix)]
    let place = rows.firstRow(of: image.prefix)
    guard place < rows.count else { return nil }
    let (key, pages) = rows.row(place)
    return key == image.prefix ? Int(pages) : nil
  }
}

extension Digest {
  /// The first eight bytes, by which images are counted: of a hundred million images two have the same with
  /// a probability of 0.0003.
  var prefix: UInt64 { bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }
}

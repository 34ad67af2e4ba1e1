internal import Compression
public import Documents

/// The distinct images that the corpora of a run show.
public struct ShownImages: Sendable {
  /// The images by digest, in the order of their digests.
  public let images: [ResolvedImage]
  /// The digests of those images, and of those that were forgotten since: what work is divided by.
  public let planned: [Digest]
  private let run: RunContext

  /// Lists what the curate stage noted.
  public init(_ run: RunContext) throws {
    var distinct: [Digest: ResolvedImage] = [:]
    var removed: Set<Digest> = []
    for manifest in try run.manifests(of: .curate) {
      removed.formUnion(manifest.outputs.flatMap { $0.removed ?? [] })
      var reader = try JSONLinesReader<ResolvedImage>(
        path: run.directory.path(RunDirectory.shownImages(manifest.partition)))
      while let image = try reader.next() {
        if distinct[image.digest] == nil { distinct[image.digest] = image }
      }
    }
    images = distinct.values.sorted { $0.digest < $1.digest }
    planned = removed.union(distinct.keys).sorted()
    self.run = run
  }

  /// Those of some planned images that are still shown, in the order of their digests.
  ///
  /// - Precondition: They follow one another in ``planned``.
  /// - Complexity: O(log n) in the number of all images.
  public func images(among planned: ArraySlice<Digest>) -> ArraySlice<ResolvedImage> {
    guard let first = planned.first, let last = planned.last else { return [] }
    var (low, high) = (0, images.count)
    while low < high {
      let middle = (low + high) / 2
      if images[middle].digest < first { low = middle + 1 } else { high = middle }
    }
    return images[low...].prefix { $0.digest <= last }
  }

  /// A reader of the bytes of images, to be kept by one worker.
  public func bytesReader() -> ImageBytesReader { ImageBytesReader(run) }
}

internal import Compression
public import Documents
internal import RemoteArchives
internal import WebArchive

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

/// Reads the bytes of images out of the archives of a run.
public struct ImageBytesReader: Sendable {
  private let run: RunContext
  private var readers: [Int: RecordReader] = [:]

  init(_ run: RunContext) { self.run = run }

  /// Reads the bytes of an image.
  ///
  /// - Throws: ``RunError`` where the archive no longer holds them.
  public mutating func bytes(of image: ResolvedImage) throws -> [UInt8] {
    let input = image.location.input
    let reader = try readers[input] ?? run.recordReader(input, for: [image.location])
    // Of an object of a store only the records that were asked for are at hand.
    if !run.inputs[input].archive.isRemote { readers[input] = reader }
    guard let response = reader.response(at: image.location).value else {
      throw RunError(
        .input, "'\(run.inputs[input].path)' has changed while it was being read; run again")
    }
    return response.body
  }
}

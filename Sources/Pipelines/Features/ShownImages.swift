internal import Compression
public import Documents
internal import WebArchive

/// The distinct images that the corpora of a run show.
public struct ShownImages: Sendable {
  /// The images by digest, in the order of their digests.
  public let images: [ResolvedImage]
  private let run: RunContext

  /// Lists what the curate stage noted.
  public init(_ run: RunContext) throws {
    var distinct: [Digest: ResolvedImage] = [:]
    for manifest in try run.manifests(of: .curate) {
      var reader = try JSONLinesReader<ResolvedImage>(
        path: run.directory.path(RunDirectory.shownImages(manifest.partition)))
      while let image = try reader.next() {
        if distinct[image.digest] == nil { distinct[image.digest] = image }
      }
    }
    images = distinct.values.sorted { $0.digest < $1.digest }
    self.run = run
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
    if readers[input] == nil { readers[input] = try run.recordReader(input) }
    guard let response = readers[input]?.response(at: image.location).value else {
      throw RunError(
        .input, "'\(run.inputs[input].path)' has changed while it was being read; run again")
    }
    return response.body
  }
}

internal import Compression
public import Documents

/// The distinct images that could be decoded of a part of the images stage.
public struct CheckedImages: Sendable {
  /// The images by digest, in the order of their digests.
  public let images: [ResolvedImage]
  private let run: RunContext

  /// Lists what the images stage noted in a part.
  public init(_ run: RunContext, part: Int) throws {
    var distinct: [Digest: ResolvedImage] = [:]
    var reader = try JSONLinesReader<ImageOutcome>(
      path: run.directory.path(RunDirectory.images(part)))
    while let outcome = try reader.next() {
      guard let image = outcome.image, distinct[image.digest] == nil else { continue }
      distinct[image.digest] = image
    }
    images = distinct.values.sorted { $0.digest < $1.digest }
    self.run = run
  }

  /// A reader of the bytes of images, to be kept by one worker.
  public func bytesReader() -> ImageBytesReader { ImageBytesReader(run) }
}

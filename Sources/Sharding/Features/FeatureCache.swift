public import Documents
internal import Hashing
public import Storage

/// Features of images that were encoded before, found by the images' digests.
///
/// They come from the parts of the run itself and, where there is one, from a directory that runs share:
///
///     DIR/ORIGIN/pack-DIGEST.safetensors
///
/// ORIGIN stands for everything that the features depend on beside the image (``FeatureOrigin``), DIGEST
/// for the images of the pack. A pack is a ``FeaturePart``; it appears whole or not at all and is never
/// changed, so that any number of runs may read and add at once, and one that is killed leaves nothing
/// that could be taken for features. Nothing is ever removed: the directory is the user's to empty.
public struct FeatureCache: Sendable {
  /// What the features are made with.
  public let origin: FeatureOrigin
  private let directory: String?
  private let known: FeatureSet

  /// Finds what there is of an origin.
  ///
  /// Files that cannot be read or were made otherwise are passed over: the cost is encoding again.
  ///
  /// - Parameters:
  ///   - parts: The parts of an earlier run.
  ///   - directory: The directory that runs share, which need not be there yet; `nil` for none.
  /// - Throws: `StorageError` where the directory cannot be listed.
  public init(
    of origin: FeatureOrigin, parts: [FeaturePart], directory: String?
  ) throws(StorageError) {
    let folder = directory.map { "\($0)/\(origin.name)" }
    var usable = parts
    if let folder, Directory.isDirectory(folder) {
      for name in try Directory.names(in: folder) where name.hasSuffix(Self.suffix) {
        if let pack = try? FeaturePart(path: "\(folder)/\(name)") { usable.append(pack) }
      }
    }
    usable.removeAll { $0.origin != origin || origin.arithmetic == nil }
    self.origin = origin
    self.directory = folder
    do throws(ShardingError) { known = try FeatureSet(usable) } catch {
      preconditionFailure("parts of one origin go together: \(error)")
    }
  }

  private static let suffix = ".safetensors"

  /// The features of an image; `nil` where it was not encoded before.
  public func features(of image: Digest) -> [UInt8]? { known.find(image) }

  /// Whether an image was encoded before.
  public func contains(_ image: Digest) -> Bool { known.contains(image) }

  /// Begins a pack of images that are encoded now; `nil` where no directory is shared.
  ///
  /// What is committed is found by caches made after that.
  public func pack(_ images: [Digest]) throws(StorageError) -> FeaturePartWriter? {
    guard let directory, !images.isEmpty else { return nil }
    let name = Digest(of: images.flatMap(\.bytes)).description.prefix(32)
    return try FeaturePartWriter(
      path: "\(directory)/pack-\(name)\(Self.suffix)", images: images, origin: origin)
  }
}

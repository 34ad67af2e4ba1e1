public import Documents
public import ObjectStores

/// An archive by what a run knows of it: its name, its bytes' digest, and for an object of a store its state.
public struct ArchiveName: Hashable, Sendable {
  /// A path, or the address of an object without its secrets.
  public var name: String
  /// The size in bytes.
  public var byteCount: Int64
  /// The SHA-256 of the bytes.
  public var digest: Digest
  /// What the store said of the object when it was digested; `nil` for a file, and where that is not known.
  public var object: ObjectInfo?

  /// Makes it from its parts.
  public init(name: String, byteCount: Int64, digest: Digest, object: ObjectInfo? = nil) {
    self.name = name
    self.byteCount = byteCount
    self.digest = digest
    self.object = object
  }

  /// Whether it lies in a store and not on this machine's disk.
  public var isRemote: Bool { ObjectURI.isURI(name) }

  /// The state that reads are held to.
  var info: ObjectInfo { object ?? ObjectInfo(size: byteCount) }
}

public import Documents
internal import Foundation
public import ObjectStores
internal import Storage

/// The digests of archives of stores that a run has read once, by name, size and state.
///
/// What has neither an entity tag nor a time of change is not remembered: another state of it could not be
/// told.
public struct KnownDigests: Sendable {
  private struct Entry: Codable {
    var name: String
    var bytes: Int64
    var version: String
    var digest: Digest
  }

  private let path: String
  private var entries: [String: Entry] = [:]
  private static let maximumBytes = 1 << 28

  /// Reads what is known; a file that is missing or damaged knows nothing.
  public init(path: String) {
    self.path = path
    guard let bytes = try? FileSystem.read(path, limit: Self.maximumBytes),
      let found = try? JSONDecoder().decode([Entry].self, from: Data(bytes))
    else { return }
    for entry in found { entries[entry.name] = entry }
  }

  /// The digest of an archive in this state.
  public func digest(of name: String, _ info: ObjectInfo) -> Digest? {
    guard let entry = entries[name], entry.bytes == info.size, entry.version == info.version else {
      return nil
    }
    return entry.digest
  }

  /// Remembers a digest, durably.
  public mutating func add(_ digest: Digest, of name: String, _ info: ObjectInfo) throws {
    guard let version = info.version else { return }
    entries[name] = Entry(name: name, bytes: info.size, version: version, digest: digest)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let sorted = entries.values.sorted { $0.name < $1.name }
    try AtomicFile.write(try encoder.encode(sorted) + [UInt8(ascii: "\n")], to: path)
  }
}

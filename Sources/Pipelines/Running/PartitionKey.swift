public import Documents
internal import Foundation
internal import Hashing

/// Everything that the outputs of a partition depend on: configuration and digests of inputs.
///
/// Two partitions with equal keys have equal outputs; a partition whose key has changed is made again.
public struct PartitionKey: Sendable {
  private var parts: [String] = []

  /// Makes the key of a partition that depends on nothing.
  public init() {}

  /// Adds the digest of an input.
  public func reading(_ digest: Digest) -> PartitionKey { adding("digest \(digest)") }

  /// Adds the digests of several inputs, in order.
  public func reading(_ digests: some Sequence<Digest>) -> PartitionKey {
    digests.reduce(self) { $0.reading($1) }
  }

  /// Adds a value of the pipeline.
  public func with(_ name: String, _ value: some Encodable) throws -> PartitionKey {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return adding("\(name) \(String(decoding: try encoder.encode(value), as: UTF8.self))")
  }

  /// The digest of the key, for a partition of a stage, under this version of weft.
  func digest(stage: StageName, partition: Int) -> Digest {
    let head = "weft \(WeftVersion.current) \(WeftVersion.runFormat) \(stage.rawValue) \(partition)"
    return Digest(of: ([head] + parts).joined(separator: "\n").utf8)
  }

  private func adding(_ part: String) -> PartitionKey {
    var key = self
    key.parts.append(part)
    return key
  }
}

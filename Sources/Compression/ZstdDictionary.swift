internal import CZstd

/// A Zstandard dictionary, digested once for any number of decompressors.
public final class ZstdDictionary: Sendable {
  // libzstd only reads a digested dictionary, from any number of threads at once.
  nonisolated(unsafe) let handle: OpaquePointer

  /// Digests a dictionary, either in Zstandard's dictionary format or as raw content.
  ///
  /// - Returns: `nil` where the bytes begin like Zstandard's dictionary format but break its rules.
  public init?(_ bytes: Span<UInt8>) {
    let handle = bytes.withUnsafeBufferPointer { ZSTD_createDDict($0.baseAddress, $0.count) }
    guard let handle else { return nil }
    self.handle = handle
  }

  deinit { ZSTD_freeDDict(handle) }
}

/// A compressed format, as archives and HTTP bodies use them.
public enum CompressionFormat: String, Hashable, Sendable, CaseIterable {
  /// DEFLATE in the gzip wrapper (RFC 1952).
  case gzip
  /// DEFLATE in the zlib wrapper (RFC 1950).
  case zlib
  /// DEFLATE without a wrapper (RFC 1951).
  case deflate
  /// Zstandard (RFC 8878).
  case zstd
  /// Brotli (RFC 7932).
  case brotli

  /// The most times larger than its compressed form that DEFLATE can make data.
  ///
  /// A match of 258 bytes costs at least two bits (RFC 1951, §3.2.5).
  public static let deflateGreatestExpansion = 1032
}

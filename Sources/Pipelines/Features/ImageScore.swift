public import Documents

/// How likely an image is unsafe: a line of `work/nsfw`.
public struct ImageScore: Hashable, Sendable, Codable {
  /// The SHA-256 of the image's bytes.
  public var digest: Digest
  /// From 0 to 1, rounded to six places.
  public var score: Double

  /// Makes a score.
  ///
  /// The last bits of a classifier's output differ between machines; six places say as much as thresholds
  /// need.
  public init(digest: Digest, score: Float) {
    self.digest = digest
    self.score = (Double(score) * 1e6).rounded() / 1e6
  }
}

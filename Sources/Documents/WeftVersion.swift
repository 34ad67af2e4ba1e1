/// What this build of weft is, as written into everything it makes.
public enum WeftVersion {
  /// The release, by Semantic Versioning.
  public static let current = "0.1.0"

  /// The version of the run directory's layout and of the formats in it.
  ///
  /// A run directory of another version is refused, never half understood.
  public static let runFormat = 2
}

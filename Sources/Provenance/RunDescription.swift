/// The run that a ledger belongs to.
public struct RunDescription: Hashable, Sendable, Codable {
  /// The run's identity: the digest of its resolved pipeline and inputs, as the runner defines it.
  public var id: String
  /// The version of the run directory's layout.
  public var format: Int
  /// The version of weft that made the run.
  public var weft: String
  /// The resolved pipeline, as text.
  public var pipeline: String

  /// Makes a description from its parts.
  public init(id: String, format: Int, weft: String, pipeline: String) {
    self.id = id
    self.format = format
    self.weft = weft
    self.pipeline = pipeline
  }
}

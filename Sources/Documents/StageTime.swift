/// How long a stage took when it last made something, as `work/times/STAGE.json` keeps it.
///
/// It is for people: nothing that a run makes depends on it.
public struct StageTime: Hashable, Sendable, Codable {
  /// The stage.
  public var stage: StageName
  /// How many partitions were made.
  public var made: Int
  /// How many partitions the stage has.
  public var partitions: Int
  /// How long that took, in seconds.
  public var seconds: Double
  /// When it ended, in RFC 3339.
  public var ended: String

  /// Makes a time from its parts.
  public init(stage: StageName, made: Int, partitions: Int, seconds: Double, ended: String) {
    self.stage = stage
    self.made = made
    self.partitions = partitions
    self.seconds = seconds
    self.ended = ended
  }
}

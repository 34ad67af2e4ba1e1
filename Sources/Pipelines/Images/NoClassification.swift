public import Documents

/// The stage classify of a program without a model, for pipelines without a classifier: it takes back what
/// was made while there was one.
public struct NoClassification: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .classify }

  /// Plans nothing.
  public func plan(_ run: RunContext) throws -> [Partition] { [] }
}

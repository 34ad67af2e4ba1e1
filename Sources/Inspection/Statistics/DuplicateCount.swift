public import Documents
internal import Provenance

/// How many things of a unit a stage dropped because the run has them already.
public struct DuplicateCount: Hashable, Sendable, Codable {
  /// The stage.
  public var stage: StageName
  /// What was dropped.
  public var unit: StageCounts.Unit
  /// The reason's code.
  public var reason: String
  /// How many were dropped.
  public var dropped: Int
  /// How many entered.
  public var entered: Int

  /// Makes a count from its parts.
  public init(
    stage: StageName, unit: StageCounts.Unit, reason: String, dropped: Int, entered: Int
  ) {
    self.stage = stage
    self.unit = unit
    self.reason = reason
    self.dropped = dropped
    self.entered = entered
  }

  /// The counts of all stages, from their reasons.
  static func all(in funnel: [StageFunnel]) -> [DuplicateCount] {
    funnel.flatMap { stage in
      stage.counts.ordered.flatMap { unit, tally in
        tally.reasons.filter { isDuplicate($0.code) }.map { reason in
          DuplicateCount(
            stage: stage.stage, unit: unit, reason: reason.code, dropped: reason.count,
            entered: tally.entered)
        }
      }
    }
  }

  /// Whether a reason means that something is there more than once.
  ///
  /// A page that a later record repeats unchanged is one, and so is an image that an element shows again.
  private static func isDuplicate(_ code: String) -> Bool {
    let code = code.lowercased()
    return ["duplicate", "repeated", "unchanged"].contains { code.contains($0) }
  }
}

internal import Training

/// This process among others that train one model together.
public struct TrainingRanks: Sendable {
  let membership: RankMembership
  private let started: LocalRanks?

  /// Meets the others that the environment tells of, or starts some on this machine, and waits until all
  /// have come; `nil` for a process by itself.
  ///
  /// - Parameters:
  ///   - environment: What `torchrun` or `srun` set.
  ///   - localCount: How many processes to train with where it tells of none; 1 starts no others.
  /// - Throws: `TrainingError` where the environment is at fault, or some do not come in time.
  public init?(environment: [String: String], localCount: Int = 1) throws {
    if let environment = try RankEnvironment(environment) {
      started = nil
      membership = try RankMembership(environment)
    } else if localCount > 1 {
      let others = LocalRanks()
      started = others
      membership = try RankMembership(
        RankEnvironment(
          rank: 0, size: localCount, localSize: localCount, address: "127.0.0.1", port: 0),
        whenOpen: others.start)
    } else {
      return nil
    }
  }

  /// Whether this is rank 0, which makes everything before the training and writes what comes of it.
  public var leads: Bool { membership.environment.leads }

  /// Leaves the others, who learn of an error, and waits for those that this process started.
  public func leave(_ error: (any Error)?) {
    membership.leave(error)
    started?.wait()
  }
}

internal import Documents
internal import Foundation
internal import Tensors

/// A process among others that train the same model: what they add up, and what they agree on.
///
/// Every process plans all of a step and computes its share; see ``StepPlan/share(of:among:)``.
final class RankGroup {
  /// How this process tells the others things.
  let membership: RankMembership
  /// The number of this process, from 0.
  let rank: Int
  /// How many processes there are.
  let size: Int
  /// How many seconds this process has spent on sums, waiting for others included.
  private(set) var secondsSpent = 0.0
  private let processes: ProcessGroup

  /// Connects the processes, once they agree on what they train.
  ///
  /// - Parameter facts: What must be the same for all, by names that a user knows.
  /// - Throws: ``TrainingError`` naming the first fact that differs; or where a process has ended.
  init(_ membership: RankMembership, facts: [String: String]) throws {
    let environment = membership.environment
    self.membership = membership
    (rank, size) = (environment.rank, environment.size)
    try membership.agree(on: facts)
    do {
      // Where rank 0 is on this machine, so are all, and nothing listens to others.
      processes = try ProcessGroup(
        membership.store, rank: rank, size: size,
        address: environment.isLocal ? environment.address : nil)
    } catch { throw membership.verdict(after: error) }
  }

  /// Whether this is the process that writes what comes of the training.
  var leads: Bool { rank == 0 }

  /// Begins to replace a tensor on the CPU by its sum over all processes.
  func begin(_ tensor: Tensor) throws(TrainingError) -> ProcessSum {
    do { return try processes.beginSum(tensor) } catch { throw failure(error) }
  }

  /// Waits until a sum is made.
  ///
  /// - Throws: ``TrainingError`` where another process has ended.
  func finish(_ sum: ProcessSum) throws(TrainingError) {
    let started = RankMembership.time()
    defer { secondsSpent += RankMembership.time() - started }
    var watch = RankWatch()
    while try !isMade(sum) {
      do throws(TrainingError) {
        try membership.requireNoFault()
        try membership.requireSignsOfLife(&watch)
      } catch {
        processes.abandon()
        throw error
      }
    }
  }

  private func isMade(_ sum: ProcessSum) throws(TrainingError) -> Bool {
    do { return try sum.wait(atMost: 1) } catch { throw failure(error) }
  }

  /// Adds up numbers over all processes.
  func sum(_ numbers: [Double]) throws(TrainingError) -> [Double] {
    let tensor = Tensor(numbers)
    try finish(begin(tensor))
    return tensor.values()
  }

  /// Whether any process says so.
  func any(_ isSo: Bool) throws(TrainingError) -> Bool { try sum([isSo ? 1 : 0])[0] > 0 }

  /// Checks that a digest is the same for all.
  ///
  /// - Throws: ``TrainingError`` naming a process whose digest is not rank 0's.
  func requireSame(_ digest: Digest, step: Int) throws(TrainingError) {
    let width = Digest.byteCount
    var table = [Double](repeating: 0, count: size * width)
    for (index, byte) in digest.bytes.enumerated() { table[rank * width + index] = Double(byte) }
    let rows = try sum(table)
    for other in 1..<size
    where rows[other * width..<(other + 1) * width] != rows[0..<width] {
      throw TrainingError(
        .divergedRanks,
        "after step \(step), the parameters of rank \(other) are no longer those of rank 0: a"
          + " processor, its memory or the network is at fault, or the machines compute differently;"
          + " go on from the latest checkpoint, on machines of one kind")
    }
  }

  private func failure(_ error: ProcessError) -> TrainingError {
    processes.abandon()
    return membership.verdict(after: error)
  }
}

extension RankMembership {
  /// Checks that all processes have the same facts.
  fileprivate func agree(on facts: [String: String]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(facts), as: UTF8.self)
    try asking { () throws(ProcessError) in try store.set("facts/\(environment.rank)", to: text) }
    let others = try valueOfEach("facts", among: environment.leads ? 1..<environment.size : 0..<1)
    for (rank, other) in others {
      let other = try JSONDecoder().decode([String: String].self, from: Data(other.utf8))
      for key in Set(facts.keys).union(other.keys).sorted() where facts[key] != other[key] {
        throw TrainingError(
          .mismatchedRanks,
          "rank \(environment.rank) has '\(key)' \(facts[key] ?? "not set"), but rank \(rank) has"
            + " \(other[key] ?? "it not set"); start all ranks with one weft, on one pipeline and run"
            + " directory")
      }
    }
    try asking { () throws(ProcessError) in try store.set("agreed/\(environment.rank)", to: "1") }
    _ = try valueOfEach("agreed", among: 0..<environment.size)
  }

  private func valueOfEach(_ key: String, among ranks: Range<Int>) throws -> [(Int, String)] {
    try ranks.map { rank in
      let value = try wait(watching: rank) { () throws(ProcessError) in
        try store.value(of: "\(key)/\(rank)")
      }
      return (rank, value ?? "")
    }
  }
}

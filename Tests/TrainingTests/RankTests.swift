import Documents
import Hashing
import Tensors
import TestSupport
import Testing

@testable import Training

/// How work is shared out among processes, and how one notices that another is gone.
struct RankTests {
  private func plan(_ positions: [Int]) -> StepPlan {
    StepPlan(
      groups: positions.map { StepPlan.Group(corpus: .text, sequences: [], positions: $0) },
      targets: PerCorpus { _ in 1 })
  }

  @Test func eachGroupFallsToOneProcessAndTheLoadsAreBalanced() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      let positions = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
        Int.random(in: 1...2048, using: &generator)
      }
      let size = Int.random(in: 1...6, using: &generator)
      let plan = plan(positions)
      let shares = (0..<size).map { plan.share(of: $0, among: size) }
      #expect(shares.flatMap { $0 }.sorted() == Array(positions.indices))
      #expect(shares.allSatisfy { $0 == $0.sorted() })
      let loads = shares.map { $0.reduce(0) { $0 + positions[$1] } }
      // No process has more than the others' mean and one group.
      let mean = Double(positions.reduce(0, +)) / Double(size)
      #expect(Double(loads.max() ?? 0) <= mean + Double(positions.max() ?? 0))
    }
    #expect(plan([5, 4, 3, 2]).share(of: 0, among: 2) == [0, 3])
    #expect(plan([5, 4, 3, 2]).share(of: 1, among: 2) == [1, 2])
    #expect(plan([5]).share(of: 1, among: 2) == [])
  }

  @Test func whoDoesNotCountOnIsSilent() {
    var watch = RankWatch()
    #expect(watch.silentRanks(among: [1: 0, 2: 0], at: 0, longerThan: 2) == [])
    #expect(watch.silentRanks(among: [1: 1, 2: 0], at: 2, longerThan: 2) == [])
    #expect(watch.silentRanks(among: [1: 1, 2: 0], at: 3, longerThan: 2) == [2])
    #expect(watch.silentRanks(among: [1: 1, 2: 1], at: 4.5, longerThan: 2) == [1])
    #expect(watch.silentRanks(among: [2: 1], at: 5, longerThan: 2) == [])
  }

  @Test func aFaultIsTheSameForAll() {
    let fault = RankFault(.lost, rank: 2, "connection \"closed\"\n")
    #expect(RankFault(text: fault.text) == fault)
    #expect(fault.error.message.contains("rank 2 has died"))
    #expect(RankFault(text: "?").error.code == .lostRank)
  }

  /// Calls a function in each rank of a group, on a thread of its own.
  private func ranks(
    _ size: Int, _ body: @escaping @Sendable (RankGroup) throws -> Void
  ) async throws {
    let port = freePort()
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for rank in 0..<size {
        let environment = RankEnvironment(
          rank: rank, size: size, localSize: size, address: "127.0.0.1", port: port, patience: 20)
        tasks.addTask {
          try await onThread {
            let membership = try RankMembership(environment)
            try body(RankGroup(membership, facts: [:]))
            try membership.finish()
            membership.leave(nil)
          }
        }
      }
      try await tasks.waitForAll()
    }
  }

  @Test func parametersThatDifferAreFound() async throws {
    try await ranks(3) { group in
      try group.requireSame(Digest(of: [7]), step: 1)
      let digest = Digest(of: [group.rank == 1 ? 8 : 7])
      try expectError(.divergedRanks, naming: "after step 2, the parameters of rank 1") {
        try group.requireSame(digest, step: 2)
      }
    }
  }

  @Test func oneThatSaysSoSuffices() async throws {
    try await ranks(2) { group in
      let answers = (try group.any(group.rank == 1), try group.any(false))
      #expect(answers == (true, false))
      let sums = try group.sum([0.5, Double(group.rank)])
      #expect(sums == [1, 1])
    }
  }

  /// Rows of 16 bytes: one gradient that fills two, some that share one, one that is empty.
  @Test(arguments: [1, 16, 1 << 20])
  func gradientsAreAddedUpInRows(byteCount: Int) async throws {
    try await ranks(2) { group in
      let rank = Float(group.rank)
      let gradients = [
        Tensor([rank, 1, 2, 3, 4, 5, 6, 7], shape: [2, 4]), Tensor([rank]), Tensor([Float(9)]),
        Tensor([Float](), shape: [0, 3]), Tensor([rank, rank], shape: [1, 2]),
      ]
      try GradientBuckets(gradients, byteCount: byteCount).sum(over: group)
      #expect(
        gradients.map { $0.values(of: Float.self) } == [
          [1, 2, 4, 6, 8, 10, 12, 14], [1], [18], [], [1, 1],
        ])
      #expect(gradients[0].shape == [2, 4])
    }
  }

  @Test func twoOfOneRankAreFound() async throws {
    let port = freePort()
    let errors = try await withThrowingTaskGroup(of: String.self) { tasks in
      for rank in [0, 1, 1] {
        let environment = RankEnvironment(
          rank: rank, size: 2, localSize: 2, address: "127.0.0.1", port: port, patience: 20)
        tasks.addTask {
          try await onThread {
            do {
              let membership = try RankMembership(environment)
              let group = try RankGroup(membership, facts: [:])
              _ = try group.sum([1])
              return "none"
            } catch { return "\(error)" }
          }
        }
      }
      return try await tasks.reduce(into: []) { $0.append($1) }
    }
    #expect(errors.contains { $0.contains("two processes were started as rank 1") }, "\(errors)")
  }
}

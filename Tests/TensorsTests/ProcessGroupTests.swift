import Tensors
import TestSupport
import Testing

/// Sums over a group, each member of which has its own connections, as a process has.
struct ProcessGroupTests {
  /// Calls a function for each member of a group, on a thread of its own.
  private func members<Result: Sendable>(
    _ size: Int, _ body: @escaping @Sendable (ProcessGroup, Int) throws -> Result
  ) async throws -> [Result] {
    let kept = try ProcessStore(
      host: "127.0.0.1", port: 0, isKept: true, prefix: "test", patience: 20)
    let port = kept.port
    return try await withThrowingTaskGroup(of: (Int, Result).self) { tasks in
      for rank in 0..<size {
        tasks.addTask {
          try await onThread {
            let store = try ProcessStore(
              host: "127.0.0.1", port: port, isKept: false, prefix: "test", patience: 20)
            let group = try ProcessGroup(store, rank: rank, size: size, address: "127.0.0.1")
            return (rank, try body(group, rank))
          }
        }
      }
      var results: [Int: Result] = [:]
      for try await (rank, result) in tasks { results[rank] = result }
      withExtendedLifetime(kept) {}
      return (0..<size).compactMap { results[$0] }
    }
  }

  @Test(arguments: [2, 3, 5])
  func tensorsAreAddedUp(size: Int) async throws {
    let sums = try await members(size) { group, rank in
      let tensors = [
        Tensor((0..<1000).map { Float($0 + rank) }), Tensor([Float(rank)]),
        Tensor((0..<300_001).map { Float($0 % 7 * (rank + 1)) }),
      ]
      let sums = try tensors.map { try group.beginSum($0) }
      for sum in sums { #expect(try sum.wait(atMost: 20)) }
      return tensors.map { $0.values(of: Float.self) }
    }
    let ranks = Float(size * (size - 1) / 2)
    for sum in sums {
      #expect(sum[0] == (0..<1000).map { Float(size * $0) + ranks })
      #expect(sum[1] == [ranks])
      #expect(sum[2] == (0..<300_001).map { Float($0 % 7) * (ranks + Float(size)) })
    }
  }

  @Test func numbersOfDoublePrecisionKeepIt() async throws {
    let sums = try await members(2) { group, rank in
      let tensor = Tensor([rank == 0 ? 1.0 : 1e-15])
      let isMade = try group.beginSum(tensor).wait(atMost: 20)
      #expect(isMade)
      return tensor.values(of: Double.self)
    }
    #expect(sums == [[1 + 1e-15], [1 + 1e-15]])
  }

  @Test func whoeverWaitsForAMemberThatDoesNotComeIsTold() async throws {
    let isMade = try await members(2) { group, rank in
      if rank == 1 {
        // Ends the connections while the other waits.
        return try group.beginSum(Tensor([Float(1)])).wait(atMost: 20)
      }
      let sum = try group.beginSum(Tensor([Float(1)]))
      #expect(try sum.wait(atMost: 20))
      let second = try group.beginSum(Tensor([Float(1)]))
      #expect(throws: ProcessError.self) { while try !second.wait(atMost: 0.1) {} }
      group.abandon()
      return true
    }
    #expect(isMade == [true, true])
  }

  @Test func aStoreKeepsValuesAndCounts() throws {
    let store = try ProcessStore(
      host: "127.0.0.1", port: 0, isKept: true, prefix: "a", patience: 20)
    let other = try ProcessStore(
      host: "127.0.0.1", port: store.port, isKept: false, prefix: "b", patience: 20)
    #expect(try store.value(of: "key") == nil)
    try store.set("key", to: "één")
    #expect(try store.value(of: "key") == "één")
    #expect(try other.value(of: "key") == nil)
    #expect(try store.setOnce("first", to: "1") == "1")
    #expect(try store.setOnce("first", to: "2") == "1")
    #expect(try store.add(2, to: "count") == 2)
    #expect(try store.add(0, to: "count") == 2)
  }

  @Test func aPortThatIsTakenAndAStoreThatIsNotThereAreErrors() {
    #expect(throws: ProcessError.self) {
      try withListener(atPort: 0) { port in
        try ProcessStore(
          host: "127.0.0.1", port: port, isKept: true, prefix: "", patience: 1)
      }
    }
    #expect(throws: ProcessError.self) {
      try ProcessStore(
        host: "127.0.0.1", port: freePort(), isKept: false, prefix: "", patience: 1)
    }
  }
}

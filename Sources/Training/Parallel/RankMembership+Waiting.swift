internal import Foundation
internal import Tensors

extension RankMembership {
  /// How many seconds a process may give no sign of life while nothing else says that it has died.
  private static let lostAfter = 60.0

  /// Asks until there is an answer; `nil` where the time is over.
  ///
  /// - Parameters:
  ///   - limit: The time in seconds.
  ///   - watched: A process that must stay alive meanwhile.
  ///   - shouldStop: Whether this process was asked to stop.
  /// - Throws: ``TrainingError`` where another process has ended; `CancellationError`.
  func wait<Answer>(
    atMost limit: Double = .infinity, watching watched: Int? = nil,
    shouldStop: () -> Bool = { false }, for answer: () throws(ProcessError) -> Answer?
  ) throws -> Answer? {
    let end = Self.time() + limit
    var watch = RankWatch()
    var pause = 0.005
    repeat {
      if let answer = try asking(answer) { return answer }
      try requireNoFault()
      if let watched { try requireSigns(of: watched, &watch) }
      if shouldStop() { throw CancellationError() }
      Thread.sleep(forTimeInterval: pause)
      pause = min(0.2, pause * 1.5)
    } while Self.time() < end
    return nil
  }

  /// Asks the store.
  ///
  /// - Throws: ``TrainingError`` where it does not answer.
  func asking<Answer>(
    _ question: () throws(ProcessError) -> Answer
  ) throws(TrainingError) -> Answer {
    do { return try question() } catch { throw storeIsGone(error) }
  }

  /// Throws where another process has ended.
  func requireNoFault() throws(TrainingError) {
    let fault = try asking { () throws(ProcessError) in try store.value(of: "fault") }
    if let fault { throw RankFault(text: fault).error }
  }

  /// Throws where any process has given no sign of life for long: it was suspended, or its machine is gone.
  func requireSignsOfLife(_ watch: inout RankWatch) throws(TrainingError) {
    // Were all to ask for all, the store would have much to do.
    if !environment.leads { return }
    let counts = try asking(beats)
    let silent = watch.silentRanks(among: counts, at: Self.time(), longerThan: Self.lostAfter)
    if let rank = silent.first { throw lost(rank) }
  }

  private func requireSigns(of rank: Int, _ watch: inout RankWatch) throws(TrainingError) {
    if rank == environment.rank { return }
    let count = try asking { () throws(ProcessError) in
      try store.add(0, to: RankHeartbeat.key(rank))
    }
    let silent = watch.silentRanks(
      among: [rank: count], at: Self.time(), longerThan: Self.lostAfter)
    if !silent.isEmpty { throw lost(rank) }
  }

  private func lost(_ rank: Int) -> TrainingError {
    agreed(RankFault(.lost, rank: rank, "no sign of life for \(Int(Self.lostAfter)) s"))
  }

  /// How often the other processes have given a sign of life; those that left are not among them.
  func beats() throws(ProcessError) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    for rank in 0..<environment.size where rank != environment.rank {
      if try store.value(of: "left/\(rank)") != nil { continue }
      counts[rank] = try store.add(0, to: RankHeartbeat.key(rank))
    }
    return counts
  }

  /// Why a sum over the processes failed: what one of them reports, or who gives no sign of life.
  func verdict(after error: ProcessError) -> TrainingError {
    let end = Self.time() + 2 * Self.deadAfter
    var watch = RankWatch()
    do throws(ProcessError) {
      while Self.time() < end {
        if let fault = try store.value(of: "fault") { return RankFault(text: fault).error }
        let silent = watch.silentRanks(
          among: try beats(), at: Self.time(), longerThan: Self.deadAfter)
        if let rank = silent.first {
          return agreed(RankFault(.lost, rank: rank, error.description))
        }
        Thread.sleep(forTimeInterval: 0.1)
      }
      return agreed(RankFault(.lost, rank: nil, error.description))
    } catch { return storeIsGone(error) }
  }

  /// The fault that all report: this one, unless another came before it.
  private func agreed(_ fault: RankFault) -> TrainingError {
    do {
      return RankFault(text: try store.setOnce("fault", to: fault.text)).error
    } catch { return storeIsGone(error) }
  }

  private func storeIsGone(_ error: ProcessError) -> TrainingError {
    if environment.isStoreOurs && !environment.leads {
      return RankFault(.lost, rank: 0, error.description).error
    }
    return TrainingError(
      .lostRank,
      "the store at \(environment.address):\(environment.port) does not answer (\(error)); start all"
        + " ranks again to go on from the latest checkpoint")
  }
}

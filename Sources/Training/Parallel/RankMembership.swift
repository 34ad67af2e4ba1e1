internal import Foundation
internal import Synchronization
internal import Tensors

/// A process that has met the others it trains with: they can tell each other things, and notice when one
/// of them ends.
///
/// All is said through a store of keys and values, under these keys:
///
/// | key | value |
/// |---|---|
/// | `size` | how many processes there are, as the first that came has it |
/// | `claim/RANK` | how many processes say that they are this one |
/// | `beat/RANK` | a number that grows as long as the process lives |
/// | `open`, `over` | rank 0 begins to train, or ends without |
/// | `facts/RANK`, `agreed/RANK` | what a process trains, and that it is the same as rank 0's |
/// | `fault` | a ``RankFault``: why all end |
/// | `finished` | how many have come to the end |
/// | `left/RANK` | the process needs the store no more |
public final class RankMembership: Sendable {
  /// Who this process is among how many.
  public let environment: RankEnvironment
  let store: ProcessStore
  private let heartbeat = RankHeartbeat()
  private let hasFinished = Atomic<Bool>(false)

  /// Meets the others, and waits until all have come.
  ///
  /// - Parameters:
  ///   - environment: Who this process is; port 0 takes a free one where it keeps the store.
  ///   - whenOpen: Called once others can come, with the port they come to.
  /// - Throws: ``TrainingError`` where some do not come in time, two processes have one rank, or the
  ///   port is taken.
  public init(
    _ environment: RankEnvironment, whenOpen: (RankEnvironment) throws -> Void = { _ in }
  ) throws {
    var environment = environment
    let keepsStore = environment.leads && environment.isStoreOurs
    store = try Self.connect(environment, keepsStore: keepsStore)
    environment.port = store.port
    self.environment = environment
    heartbeat.begin(try Self.connect(environment), rank: environment.rank)
    do {
      try claim()
      try whenOpen(environment)
      try waitForAll()
    } catch {
      leave(error)
      throw error
    }
  }

  private static func connect(
    _ environment: RankEnvironment, keepsStore: Bool = false
  ) throws(TrainingError) -> ProcessStore {
    let place = "\(environment.address):\(environment.port)"
    do {
      return try ProcessStore(
        host: environment.address, port: environment.port, isKept: keepsStore,
        prefix: "weft/\(environment.restarts)", patience: environment.patience)
    } catch {
      throw TrainingError(
        .missingRank,
        keepsStore
          ? "rank 0 cannot listen at port \(environment.port) (\(error)); set MASTER_PORT to a free one"
          : "rank \(environment.rank) reaches nobody at \(place) within"
            + " \(Int(environment.patience)) s (\(error)); check MASTER_ADDR and MASTER_PORT, and that"
            + " rank 0 was started")
    }
  }

  private func claim() throws {
    let (rank, size) = (environment.rank, environment.size)
    let others = try asking { () throws(ProcessError) in
      try store.setOnce("size", to: String(size))
    }
    if others != String(size) {
      throw TrainingError(
        .mismatchedRanks,
        "rank \(rank) was started as one of \(size), but others as one of \(others); give all ranks"
          + " the same WORLD_SIZE")
    }
    if try asking({ () throws(ProcessError) in try store.add(1, to: "claim/\(rank)") }) > 1 {
      throw TrainingError(
        .mismatchedRanks,
        "two processes were started as rank \(rank); give each a RANK of its own")
    }
  }

  private func waitForAll() throws {
    for rank in 0..<environment.size {
      let came = try wait(atMost: environment.patience) { () throws(ProcessError) in
        try store.add(0, to: RankHeartbeat.key(rank)) > 0 ? true : nil
      }
      if came == nil {
        throw TrainingError(
          .missingRank,
          "rank \(rank) of \(environment.size) did not come within \(Int(environment.patience)) s;"
            + " start it with RANK \(rank), WORLD_SIZE \(environment.size), MASTER_ADDR"
            + " \(environment.address) and MASTER_PORT \(environment.port), or wait longer with"
            + " WEFT_RANK_TIMEOUT")
      }
    }
  }

  /// Says that rank 0 begins to train.
  public func open() throws {
    try asking { () throws(ProcessError) in try store.set("open", to: "1") }
  }

  /// Waits until rank 0 begins to train, and tells whether it does.
  public func waitForOpening(shouldStop: () -> Bool) throws -> Bool {
    try wait(watching: 0, shouldStop: shouldStop) { () throws(ProcessError) in
      if try store.value(of: "over") != nil { return false }
      return try store.value(of: "open") == nil ? nil : true
    } ?? false
  }

  /// Waits until all processes have come to the end.
  func finish() throws {
    _ = try asking { () throws(ProcessError) in try store.add(1, to: "finished") }
    _ = try wait(watching: 0) { () throws(ProcessError) in
      try store.add(0, to: "finished") >= environment.size ? true : nil
    }
    hasFinished.store(true, ordering: .relaxed)
  }

  /// Leaves the others, who learn of an error that was not theirs too.
  public func leave(_ error: (any Error)?) {
    // Nobody can be told anything where the store is gone.
    if !hasFinished.load(ordering: .relaxed) {
      if let error { report(error) } else { try? store.set("over", to: "1") }
    }
    try? store.set("left/\(environment.rank)", to: "1")
    if environment.leads && environment.isStoreOurs { waitUntilOthersLeft() }
    heartbeat.end()
  }

  private func report(_ error: any Error) {
    let isStop = error is CancellationError
    let fault = RankFault(isStop ? .stopped : .failed, rank: environment.rank, "\(error)")
    _ = try? store.setOnce("fault", to: fault.text)
  }

  /// Keeps the store until the others have read why they end.
  private func waitUntilOthersLeft() {
    let end = Self.time() + 5
    var watch = RankWatch()
    let fault = (try? store.value(of: "fault")).map(RankFault.init(text:))
    let lost = fault?.kind == .lost ? fault?.rank : nil
    while Self.time() < end, let counts = (try? beats())?.filter({ $0.key != lost }),
      !counts.isEmpty
    {
      let silent = watch.silentRanks(among: counts, at: Self.time(), longerThan: Self.deadAfter)
      if silent.count == counts.count { return }
      Thread.sleep(forTimeInterval: 0.02)
    }
  }

  /// How many seconds without a beat are taken for a process's end, once there are signs of one.
  static let deadAfter = 2.5

  /// The seconds since the machine was started.
  static func time() -> Double { ProcessInfo.processInfo.systemUptime }
}

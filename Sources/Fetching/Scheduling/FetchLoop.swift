internal import Documents
internal import HTTPExchanges

/// The loop that runs on the fetcher's thread: takes requests, starts what may start, waits, and
/// judges what has ended.
///
/// Everything it holds belongs to its thread. Each step costs at most O(log *n*) in the number of
/// hosts, however many requests wait for one of them.
final class FetchLoop {
  let configuration: FetchConfiguration
  let mailbox: Mailbox
  let engine: TransferEngine
  private(set) var now = ContinuousClock.now
  var hosts: [String: HostState] = [:]
  var origins: [String: OriginState] = [:]
  /// The hosts with work that may start, by when.
  var ready = Heap<HostState>()
  /// The tasks that wait before they are tried again.
  var retries = Heap<FetchTask>()
  private var deadlines = Heap<Session>()
  var running: [ObjectIdentifier: Transfer] = [:]
  /// So many hosts and origins are remembered before those are forgotten that need not be.
  private var memory = 65_536

  init(_ configuration: FetchConfiguration, _ mailbox: Mailbox, _ engine: TransferEngine) {
    self.configuration = configuration
    self.mailbox = mailbox
    self.engine = engine
  }

  /// Runs until the fetcher ends.
  func run() {
    while !mailbox.isEnded {
      now = ContinuousClock.now
      for message in mailbox.take() { take(message) }
      while let session = deadlines.pop(dueBy: now) { close(session) }
      while let task = retries.pop(dueBy: now) { enqueue(task, isUrgent: true) }
      startDue()
      // Where the kernel gives no more events nothing can be fetched: what waits runs into its
      // deadlines.
      _ = engine.wait(milliseconds: waitingTime())
      now = ContinuousClock.now
      while let transfer = engine.next() { finish(transfer) }
      forget()
    }
    for transfer in running.values { engine.cancel(transfer) }
  }

  private func take(_ message: Mailbox.Message) {
    switch message {
    case .open(let session):
      if let deadline = session.deadline { deadlines.push(session, due: deadline) }
    case .fetch(let session, let requests):
      for request in requests { admit(request, of: session) }
    case .close(let session):
      deadlines.removeAll { $0 === session }
      close(session)
    }
  }

  private func admit(_ request: FetchRequest, of session: Session) {
    let obeyed = request.optOuts.intersection(configuration.respected)
    let judged = FetchAddress.judge(request.url, configuration.addresses)
    let reason = obeyed.isEmpty ? judged.reason : .optedOut(obeyed)
    guard let address = judged.value, reason == nil else {
      var outcome = FetchOutcome(
        id: request.id, url: request.url, decision: .dropped(reason ?? Reason(.invalidAddress)))
      outcome.optOuts = request.optOuts
      session.deliver(outcome)
      return
    }
    enqueue(FetchTask(.image(session, request), address), isUrgent: false)
  }

  /// Starts transfers until as many are under way as may be, or no host's turn has come.
  private func startDue() {
    while canStart, let host = ready.pop(dueBy: now) {
      host.isQueued = false
      if host.nextStart <= now { startNext(of: host) }
      queue(host)
    }
  }

  private var canStart: Bool {
    running.count < configuration.inFlight
      && mailbox.heldBytes < configuration.maximumHeldBytes
  }

  /// How long nothing will be due, in milliseconds.
  private func waitingTime() -> Int32 {
    var dues = [retries.due, deadlines.due]
    if canStart { dues.append(ready.due) }
    guard let next = dues.compactMap(\.self).min() else { return 1000 }
    return Int32(clamping: min(1000, max(0, (next - now).milliseconds + 1)))
  }

  /// Puts a task into the queue of its host.
  func enqueue(_ task: FetchTask, isUrgent: Bool) {
    let host = host(of: task)
    if isUrgent { host.waiting.prepend(task) } else { host.waiting.append(task) }
    queue(host)
  }

  /// Puts a host into the heap where it has work and room.
  func queue(_ host: HostState) {
    guard !host.isQueued, !host.waiting.isEmpty, host.inFlight < configuration.perHost else {
      return
    }
    host.isQueued = true
    // What waits for a host that rests is dropped at once.
    ready.push(host, due: host.restsUntil == nil ? max(host.nextStart, now) : now)
  }

  func host(of task: FetchTask) -> HostState {
    let name = task.address.host
    if let host = hosts[name] { return host }
    let host = HostState(name: name, now: now)
    hosts[name] = host
    return host
  }

  /// Ends what a client still waits for: its time is over, or it has gone.
  private func close(_ session: Session) {
    let isOurs = { (task: FetchTask) in task.session === session }
    var ended: [FetchTask] = []
    for host in hosts.values { ended += host.waiting.removeAll(where: isOurs) }
    retries.removeAll { task in
      if isOurs(task) { ended.append(task) }
      return isOurs(task)
    }
    for (origin, state) in origins {
      guard case .asked(let waiting) = state else { continue }
      ended += waiting.filter(isOurs)
      origins[origin] = .asked(waiting.filter { !isOurs($0) })
    }
    for (id, transfer) in running where isOurs(transfer.task) {
      engine.cancel(transfer)
      running[id] = nil
      let host = host(of: transfer.task)
      host.inFlight -= 1
      queue(host)
      ended.append(transfer.task)
    }
    for task in ended { end(task, .dropped(Reason(.partitionDeadline))) }
  }

  /// Tells the client what became of a task, and a robots.txt's origin likewise.
  func end(_ task: FetchTask, _ decision: Decision<FetchedImage>) {
    switch task.purpose {
    case .image(let session, let request):
      if session.isAbandoned { return }
      let outcome = task.outcome(request, decision)
      mailbox.hold(outcome.heldBytes)
      session.deliver(outcome)
    case .robots(let origin):
      if case .dropped(let reason) = decision { settleRobots(of: origin, failed: reason, task) }
    }
  }

  private func forget() {
    guard hosts.count + origins.count > memory else { return }
    hosts = hosts.filter { !$0.value.isForgettable(now) }
    origins = origins.filter { if case .asked = $0.value { true } else { false } }
    memory = max(65_536, 2 * (hosts.count + origins.count))
  }
}

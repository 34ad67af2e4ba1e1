internal import Documents
internal import HTTPExchanges

extension FetchLoop {
  /// What an origin's robots.txt says to a task.
  enum RobotsAnswer {
    case allowed
    case refused(Reason)
    /// It is being fetched, and the task waits for it.
    case waiting
    /// It has to be fetched first, by this task.
    case unknown(FetchTask)
  }

  func robots(for task: FetchTask) -> RobotsAnswer {
    let origin = task.address.origin
    switch origins[origin] {
    case .asked(var waiting):
      // The list must not be copied for each task that joins it.
      origins[origin] = nil
      waiting.append(task)
      origins[origin] = .asked(waiting)
      return .waiting
    case .known(let file, let until) where until > now:
      if file.allows(path: task.address.target) { return .allowed }
      return .refused(Reason(.robotsDisallowed))
    case .failed(let reason, let until) where until > now: return .refused(reason)
    default:
      let judged = FetchAddress.judge(task.address.robots, configuration.addresses)
      guard let address = judged.value else {
        return .refused(judged.reason ?? Reason(.invalidAddress))
      }
      origins[origin] = .asked([task])
      return .unknown(FetchTask(.robots(origin: origin), address))
    }
  }

  /// Takes note of a robots.txt that was answered (RFC 9309, section 2.3.1).
  func settleRobots(of origin: String, _ transfer: Transfer) {
    let file: RobotsFile =
      200...299 ~= transfer.head.status
      ? RobotsFile(transfer.bytes, for: FetchConfiguration.product) : .allowingAll
    if let delay = file.crawlDelay, case .asked(let waiting) = origins[origin],
      let first = waiting.first
    {
      let host = host(of: first)
      host.crawlDelay = max(host.crawlDelay, .seconds(min(delay, 86_400)))
      let least = min(configuration.maximumCrawlDelay, host.crawlDelay)
      host.nextStart = max(host.nextStart, now + least)
    }
    settle(origin, .known(file, until: now + configuration.robotsLifetime))
  }

  /// Takes note that a robots.txt could not be had: for the time being nothing may be fetched.
  func settleRobots(of origin: String, failed reason: Reason, _ task: FetchTask) {
    // Of a host that cannot be reached at all, that is what there is to say.
    let isOfHost = [
      .addressRefused, .certificateRefused, .dnsFailure, .connectionFailed, .tlsFailure,
      .hostUnreachable, .throttled,
    ].contains(reason.code)
    let said =
      isOfHost && task.redirects.isEmpty
      ? reason : Reason(.robotsUnreachable, detail: reason.description)
    settle(origin, .failed(said, until: now + configuration.rest))
  }

  /// Redirects that lead nowhere mean that there is no robots.txt (RFC 9309, section 2.3.1.2).
  func settleRobotsWithoutFile(of origin: String) {
    settle(origin, .known(.allowingAll, until: now + configuration.robotsLifetime))
  }

  private func settle(_ origin: String, _ state: OriginState) {
    let before = origins.updateValue(state, forKey: origin)
    guard case .asked(let waiting) = before else { return }
    // Prepended in reverse, they keep their order.
    for task in waiting.reversed() { enqueue(task, isUrgent: true) }
  }
}

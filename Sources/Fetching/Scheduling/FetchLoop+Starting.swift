internal import Documents

extension FetchLoop {
  /// Starts the first of a host's tasks that may be started; those before it that may not come to
  /// their end or wait for the origin's robots.txt.
  func startNext(of host: HostState) {
    if let until = host.restsUntil, until <= now { wake(host) }
    while let task = host.waiting.popFirst() {
      if let reason = obstacle(to: task, of: host) {
        end(task, .dropped(reason))
        continue
      }
      guard case .image = task.purpose, configuration.respectsRobots else {
        start(task, of: host)
        return
      }
      switch robots(for: task) {
      case .allowed:
        start(task, of: host)
        return
      case .refused(let reason): end(task, .dropped(reason))
      case .waiting: continue
      case .unknown(let request):
        start(request, of: host)
        return
      }
    }
  }

  private func wake(_ host: HostState) {
    host.restsUntil = nil
    host.failures = 0
    host.pauses = 0
  }

  private func obstacle(to task: FetchTask, of host: HostState) -> Reason? {
    if let deadline = task.session?.deadline, deadline <= now { return Reason(.partitionDeadline) }
    if let deadline = task.deadline, deadline <= now {
      return task.lastFault ?? Reason(.deadlineExceeded)
    }
    return host.restsUntil == nil ? nil : host.restReason
  }

  private func start(_ task: FetchTask, of host: HostState) {
    let deadline = task.deadline ?? now + configuration.timeout
    task.deadline = deadline
    task.requests += 1
    let purpose: Transfer.Purpose = if case .image = task.purpose { .image } else { .robots }
    let transfer = Transfer(task, purpose, configuration)
    let end = min(deadline, task.session?.deadline ?? deadline)
    guard engine.start(transfer, options(task, purpose, until: end)) else {
      self.end(task, .dropped(Reason(.noResources)))
      return
    }
    running[ObjectIdentifier(transfer)] = transfer
    host.inFlight += 1
    let delay = min(configuration.maximumCrawlDelay, host.crawlDelay)
    host.nextStart = max(host.nextStart, now + max(configuration.delay, delay))
  }

  private func options(
    _ task: FetchTask, _ purpose: Transfer.Purpose, until end: ContinuousClock.Instant
  ) -> TransferOptions {
    let address = task.address
    let resolution = configuration.resolutions[address.host].map {
      "\(address.name):\(address.port):\($0)"
    }
    return TransferOptions(
      url: address.text, userAgent: configuration.userAgent,
      accept: purpose == .image
        ? "image/avif,image/webp,image/png,image/jpeg,image/gif,image/*;q=0.8"
        : "text/plain,*/*;q=0.5",
      resolution: resolution, certificates: configuration.certificates, total: end - now,
      connect: configuration.connectTimeout, slowBytes: configuration.slowBytes,
      slowSeconds: configuration.slowSeconds,
      // A robots.txt is read up to its limit, however long it claims to be.
      maximumBytes: purpose == .image ? configuration.maximumBytes : 1 << 40)
  }
}

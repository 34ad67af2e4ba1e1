internal import Documents
internal import Foundation
internal import HTTPExchanges
internal import WebAddress

extension FetchLoop {
  /// Judges a transfer that has ended: an image, a redirect, something to be tried again, or a
  /// reason.
  func finish(_ transfer: Transfer) {
    let task = transfer.task
    running[ObjectIdentifier(transfer)] = nil
    let host = host(of: task)
    host.inFlight -= 1
    defer { queue(host) }
    task.note(transfer)
    noteHealth(of: host, transfer)
    if let fault = transfer.fault {
      judge(fault, of: task)
    } else if let location = transfer.head.location {
      follow(location, task)
    } else {
      judgeStatus(transfer, host)
    }
  }

  /// After some failures to connect in a row the host is left alone, and what waits for it dropped.
  private func noteHealth(of host: HostState, _ transfer: Transfer) {
    guard let result = transfer.result, result.isHostFailure else {
      host.failures = 0
      return
    }
    host.failures += 1
    if host.failures >= configuration.failuresUntilRest, host.restsUntil == nil {
      rest(
        host, for: configuration.rest,
        Reason(
          .hostUnreachable, measured: Double(host.failures), detail: result.fault.description))
    }
  }

  private func rest(_ host: HostState, for time: Duration, _ reason: Reason) {
    host.restsUntil = now + time
    host.restReason = reason
    host.nextStart = now
  }

  private func judge(_ fault: Reason, of task: FetchTask) {
    // The transfer was given whichever of the two ends first.
    if fault.code == .deadlineExceeded, let partition = task.session?.deadline,
      partition <= task.deadline ?? partition
    {
      end(task, .dropped(Reason(.partitionDeadline)))
    } else if fault.code.isRetriedAtOnce {
      retry(task, fault)
    } else {
      end(task, .dropped(fault))
    }
  }

  private func judgeStatus(_ transfer: Transfer, _ host: HostState) {
    let status = transfer.head.status
    let task = transfer.task
    if status != 429 && status != 503 { host.pauses = 0 }
    switch status {
    case 429, 503: pause(host, transfer)
    case 408, 425, 500...599:
      retry(task, Reason(.serverErrorStatus, measured: Double(status)))
    default:
      switch task.purpose {
      case .robots(let origin): settleRobots(of: origin, transfer)
      case .image: end(task, image(transfer))
      }
    }
  }

  private func image(_ transfer: Transfer) -> Decision<FetchedImage> {
    let (head, task) = (transfer.head, transfer.task)
    guard head.status == 200 else {
      let code: Reason.Code =
        400...499 ~= head.status ? .clientErrorStatus : .unexpectedStatus
      return .dropped(Reason(code, measured: Double(head.status)))
    }
    switch SniffedType(of: transfer.bytes).mediaType {
    case .dropped(let reason): return .dropped(reason)
    case .kept(let type):
      var headers: [String: String] = [:]
      for name in FetchedImage.keptHeaders {
        let values = head.values(name)
        if !values.isEmpty { headers[name] = values.joined(separator: ", ") }
      }
      return .kept(
        FetchedImage(
          bytes: transfer.bytes, mediaType: type, url: task.address.text, status: head.status,
          httpVersion: transfer.result?.httpVersion ?? 0, headers: headers,
          redirects: task.redirects, timings: transfer.result?.timings ?? .init()))
    }
  }

  /// Goes on at the address that a redirect names, which is judged like any other.
  private func follow(_ location: String, _ task: FetchTask) {
    let from = task.address.text
    let judged = FetchAddress.judge(location, base: task.address.url, configuration.addresses)
    guard let next = judged.value else {
      let why = judged.reason.map { $0.description } ?? ""
      end(task, .dropped(Reason(.redirectRefused, detail: "\(location.prefix(200)): \(why)")))
      return
    }
    let isCircle = next.text == from || task.redirects.contains(next.text)
    guard !isCircle, task.redirects.count < configuration.maximumRedirects else {
      if case .robots(let origin) = task.purpose {
        settleRobotsWithoutFile(of: origin)
      } else {
        end(
          task,
          .dropped(
            Reason(
              .redirectLoop, measured: Double(task.redirects.count + 1),
              threshold: Double(configuration.maximumRedirects))))
      }
      return
    }
    task.redirects.append(from)
    task.address = next
    enqueue(task, isUrgent: true)
  }

  /// Tries a task again after a while, where it has attempts and time left.
  private func retry(_ task: FetchTask, _ fault: Reason) {
    task.failures += 1
    task.lastFault = fault
    let due = now + Backoff.wait(configuration, failures: task.failures, of: task.address.text)
    guard task.failures < configuration.attempts, due < task.deadline ?? due else {
      end(task, .dropped(fault))
      return
    }
    retries.push(task, due: due)
  }

  /// Leaves a host alone that asks for it, for as long as it asks.
  private func pause(_ host: HostState, _ transfer: Transfer) {
    let (head, task) = (transfer.head, transfer.task)
    let fault = Reason(.throttled, measured: Double(head.status))
    let asked = head.value("retry-after").flatMap {
      RetryAfter.wait($0, date: head.value("date"), now: Int64(Date().timeIntervalSince1970))
    }
    task.failures += 1
    task.lastFault = fault
    // The answers to requests that were under way together are one wish for a pause.
    if host.nextStart <= now + configuration.delay || asked == nil { host.pauses += 1 }
    let wait = asked ?? Backoff.wait(configuration, failures: host.pauses, of: host.name)
    if wait > configuration.maximumRetryAfter || host.pauses > configuration.attempts {
      if host.restsUntil == nil { rest(host, for: max(wait, configuration.rest), fault) }
      end(task, .dropped(fault))
      return
    }
    let due = max(host.nextStart, now + wait)
    host.nextStart = due
    guard task.failures < configuration.attempts else {
      end(task, .dropped(fault))
      return
    }
    // What a server asks for is not taken from the URL's time.
    task.deadline = task.deadline.map { $0 + (due - now) }
    host.waiting.prepend(task)
  }
}

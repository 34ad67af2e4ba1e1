import Documents
import Foundation
import Testing

@testable import Fetching

/// Robots, opt-outs, pauses and bounds: what a good citizen keeps.
struct CourtesyTests {
  @Test func `robots.txt is read once for an origin, first, and obeyed`() throws {
    let server = try HostileServer([
      "/robots.txt": Step.robots("User-agent: weft\nDisallow: /no\n"), "/yes": Step.image(),
      "/no": Step.image(),
    ])
    defer { server.stop() }
    var configuration = testConfiguration()
    configuration.respectsRobots = true
    let paths = ["/no", "/yes", "/yes?a", "/no/b"]
    let outcomes = try fetchAll(paths.map { server.url($0) }, configuration)
    #expect(
      outcomes.map(\.code) == [.robotsDisallowed, nil, .clientErrorStatus, .robotsDisallowed])
    #expect(server.requests.first?.path == "/robots.txt")
    #expect(server.count("/robots.txt") == 1)
    #expect(server.count("/no") == 0)
  }

  @Test(
    arguments: [
      (Step.status(404), nil), (Step.status(403), nil), (Step.status(500), .robotsUnreachable),
      (Step.status(429), .robotsUnreachable), ([.reset], .robotsUnreachable),
      (Step.redirect("/robots.txt"), nil),
      (Step.redirect("http://10.0.0.1/robots.txt"), .robotsUnreachable),
      (Step.redirect("/elsewhere"), .robotsDisallowed),
      (Step.answer(200, [], [UInt8](repeating: 0xFF, count: 2 << 20)), nil),
      ([Step.head(200), .forever(Array("User-agent: *\nDisallow: /x\n".utf8))], .robotsDisallowed),
    ] as [([Step], Reason.Code?)])
  func `what stands for a robots.txt`(steps: [Step], code: Reason.Code?) throws {
    let server = try HostileServer([
      "/robots.txt": steps, "/elsewhere": Step.robots("User-agent: *\nDisallow: /x"),
      "/x": Step.image(),
    ])
    defer { server.stop() }
    var configuration = testConfiguration()
    configuration.respectsRobots = true
    let outcome = try fetchAll([server.url("/x")], configuration)[0]
    let isPaused = outcome.code == .throttled && code == .robotsUnreachable
    #expect(outcome.code == code || isPaused)
    #expect(server.count("/x") == (code == nil ? 1 : 0))
    if code == .robotsUnreachable { #expect(outcome.code?.mayPass == true) }
  }

  @Test func `a redirect to another host asks that host's robots.txt`() throws {
    let server = try HostileServer { request in
      switch (request.host, request.path) {
      case ("a.test", "/x"): Step.redirect("http://b.test:\(request.fields["x"] ?? "")/y")
      case ("b.test", "/robots.txt"): Step.robots("User-agent: *\nDisallow: /")
      default: Step.status(404)
      }
    }
    defer { server.stop() }
    let other = try HostileServer { request in
      request.path == "/x" ? Step.redirect("http://b.test:\(server.port)/y") : Step.status(404)
    }
    defer { other.stop() }
    var configuration = testConfiguration(["a.test", "b.test"])
    configuration.respectsRobots = true
    let outcome = try fetchAll([other.url("/x", host: "a.test")], configuration)[0]
    #expect(outcome.code == .robotsDisallowed)
    #expect(server.requests.map(\.path) == ["/robots.txt"])
  }

  @Test(arguments: OptOut.allCases)
  func `an opt-out is obeyed at the head, or recorded only`(optOut: OptOut) throws {
    let field =
      optOut == .tdmReservation ? "tdm-reservation: 1" : "X-Robots-Tag: \(optOut.rawValue)"
    let server = try HostileServer([
      "/x": [Step.head(200, ["Content-Length: 90000", field]), .pause(60_000)],
      "/y": Step.image([field]),
    ])
    defer { server.stop() }
    var configuration = testConfiguration()
    let refused = try fetchAll([server.url("/x")], configuration)[0]
    #expect(refused.decision.reason == Reason(.optedOut, detail: optOut.rawValue))
    configuration.respected.remove(optOut)
    let kept = try fetchAll([server.url("/y")], configuration)[0]
    #expect(kept.code == nil)
    #expect(kept.optOuts == [optOut])
  }

  @Test func `an opt-out of the page is obeyed before any connection`() throws {
    let server = try HostileServer(["/x": Step.image()])
    defer { server.stop() }
    var outcomes: [FetchOutcome] = []
    try Fetcher(testConfiguration()).fetch([
      FetchRequest(id: 1, url: server.url("/x"), optOuts: [.noimageai])
    ]) { outcomes.append($0) }
    #expect(outcomes.first?.code == .optedOut)
    #expect(server.requests.isEmpty)
  }

  @Test func `Retry-After is honoured by the whole host`() throws {
    let asked = Locked(0)
    let server = try HostileServer { _ in
      let count = asked.withLock { count in
        count += 1
        return count
      }
      return count == 1 ? Step.status(429, ["Retry-After: 1"]) : Step.image()
    }
    defer { server.stop() }
    var configuration = testConfiguration()
    configuration.perHost = 1
    configuration.timeout = .milliseconds(900)
    let outcomes = try fetchAll(["/a", "/b", "/c"].map { server.url($0) }, configuration)
    #expect(outcomes.allSatisfy { $0.code == nil })
    let times = server.times
    #expect(times[1] - times[0] >= .milliseconds(950))
    #expect(server.count("/a") == 2)
  }

  @Test func `a host that asks for a longer pause than a run waits is left to the next run`() throws
  {
    let server = try HostileServer { _ in Step.status(503, ["Retry-After: 3600"]) }
    defer { server.stop() }
    var configuration = testConfiguration()
    configuration.perHost = 1
    let outcomes = try fetchAll((0..<50).map { server.url("/\($0)") }, configuration)
    #expect(outcomes.allSatisfy { $0.code == .throttled && $0.code?.mayPass == true })
    #expect(server.requestCount == 1)
  }

  @Test func `a host that fails again and again is left alone`() throws {
    let server = try HostileServer([:])
    server.stop()
    var configuration = testConfiguration()
    configuration.failuresUntilRest = 3
    configuration.perHost = 1
    let outcomes = try fetchAll((0..<500).map { server.url("/\($0)") }, configuration)
    #expect(outcomes.allSatisfy { $0.code?.mayPass == true })
    #expect(outcomes.count { $0.code == .hostUnreachable } >= 495)
    #expect(outcomes.reduce(0) { $0 + $1.requests } == 3)
  }

  @Test func `what fails once is tried again`() throws {
    let asked = Locked(0)
    let server = try HostileServer { _ in
      let count = asked.withLock { count in
        count += 1
        return count
      }
      return count < 3 ? [.reset] : Step.image()
    }
    defer { server.stop() }
    let outcome = try fetchAll([server.url("/x")], testConfiguration())[0]
    #expect(outcome.code == nil)
    #expect(outcome.requests == 3)
  }

  @Test func `the delay between the starts of two transfers is kept`() throws {
    let server = try HostileServer { _ in Step.image() }
    defer { server.stop() }
    var configuration = testConfiguration()
    configuration.delay = .milliseconds(60)
    try fetchAll((0..<6).map { server.url("/\($0)") }, configuration)
    let times = server.times
    // One start may be late and the next on time; over all the delay cannot shrink.
    #expect(times[5] - times[0] >= .milliseconds(250))
  }

  @Test func `Crawl-delay is kept up to its bound`() throws {
    let server = try HostileServer { request in
      request.path == "/robots.txt" ? Step.robots("User-agent: *\nCrawl-delay: 1000") : Step.image()
    }
    defer { server.stop() }
    var configuration = testConfiguration()
    configuration.respectsRobots = true
    configuration.maximumCrawlDelay = .milliseconds(100)
    try fetchAll((0..<4).map { server.url("/\($0)") }, configuration)
    let times = server.times
    #expect(times[4] - times[0] >= .milliseconds(350))
  }

  @Test func `a crawler without contact does not crawl`() {
    for contact in ["", "me", "javascript:1", "https://a.org/ (x)", "ftp://example.org"] {
      #expect {
        try Fetcher(FetchConfiguration(contact: contact))
      } throws: { error in
        (error as? FetchError)?.message.contains("images.fetch.contact") == true
      }
    }
  }

  @Test func `the crawler says who it is and asks for no coding`() throws {
    let server = try HostileServer(["/x": Step.image()])
    defer { server.stop() }
    try fetchAll([server.url("/x")], testConfiguration())
    let fields = try #require(server.requests.first?.fields)
    #expect(
      fields["user-agent"] == "weft/\(WeftVersion.current) (+https://example.org/crawler)")
    #expect(fields["accept-encoding"] == "identity")
    #expect(fields["authorization"] == nil && fields["cookie"] == nil && fields["referer"] == nil)
  }
}

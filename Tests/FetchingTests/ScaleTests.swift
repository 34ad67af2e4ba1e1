import Documents
import Fetching
import Foundation
import Synchronization
import Testing

/// Many URLs, many hosts, many clients.
struct ScaleTests {
  @Test func `ten thousand URLs of one host stay within its bound`() throws {
    let server = try HostileServer { request in
      request.path == "/robots.txt" ? Step.robots("User-agent: *\nDisallow: /1") : Step.image()
    }
    defer { server.stop() }
    var configuration = testConfiguration()
    configuration.respectsRobots = true
    configuration.perHost = 4
    let outcomes = try fetchAll((0..<10_000).map { server.url("/\($0)") }, configuration)
    #expect(outcomes.count { $0.code == .robotsDisallowed } == 1_111)
    #expect(outcomes.count { $0.code == nil } == 8_889)
    #expect(server.mostUnderWay() <= 4)
    #expect(server.connections <= 8)
    #expect(server.count("/robots.txt") == 1)
  }

  @Test func `a thousand hosts with one URL each are asked side by side`() throws {
    let server = try HostileServer { _ in Step.image() }
    defer { server.stop() }
    let hosts = (0..<1_000).map { "h\($0).test" }
    var configuration = testConfiguration(hosts)
    configuration.respectsRobots = true
    // In turn these delays would take minutes.
    configuration.delay = .milliseconds(300)
    let start = ContinuousClock.now
    let outcomes = try fetchAll(hosts.map { server.url("/x", host: $0) }, configuration)
    #expect(outcomes.allSatisfy { $0.code == nil })
    #expect(server.count("/robots.txt") == 1_000)
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test func `a slow host does not stand before the others`() throws {
    let server = try HostileServer { request in
      request.host == "slow.test" ? [.pause(60_000)] : Step.image()
    }
    defer { server.stop() }
    let hosts = (0..<50).map { "h\($0).test" }
    var configuration = testConfiguration(hosts + ["slow.test"])
    configuration.timeout = .seconds(60)
    configuration.inFlight = 8
    let slow = (0..<200).map { server.url("/\($0)", host: "slow.test") }
    let outcomes = try fetchAll(
      slow + hosts.map { server.url("/x", host: $0) }, configuration, within: .seconds(4))
    #expect(outcomes.suffix(50).allSatisfy { $0.code == nil })
    #expect(outcomes.prefix(200).allSatisfy { $0.code == .partitionDeadline })
  }

  @Test func `the bound of transfers under way holds over all clients`() async throws {
    let server = try HostileServer { _ in [.pause(5)] + Step.image() }
    defer { server.stop() }
    var configuration = testConfiguration()
    configuration.perHost = 3
    let fetcher = try Fetcher(configuration)
    try await withThrowingTaskGroup(of: Int.self) { group in
      for client in 0..<4 {
        group.addTask {
          var kept = 0
          try fetcher.fetch(
            (0..<40).map { FetchRequest(id: $0, url: server.url("/\(client)/\($0)")) }
          ) {
            if $0.code == nil { kept += 1 }
          }
          return kept
        }
      }
      for try await kept in group { #expect(kept == 40) }
    }
    #expect(server.mostUnderWay() <= 3)
  }

  @Test func `requests are taken as there is room, and images held to a bound`() throws {
    let server = try HostileServer { _ in Step.image() }
    defer { server.stop() }
    var configuration = testConfiguration()
    configuration.perHost = 2
    configuration.maximumHeldBytes = Step.png.count * 4
    var asked = 0
    let requests = (0..<40_000).lazy.map { id in
      asked += 1
      return FetchRequest(id: id, url: server.url("/\(id)"))
    }
    var taken = 0
    #expect(throws: CancellationError.self) {
      try Fetcher(configuration).fetch(requests, isStopped: { taken >= 8 }) { _ in
        taken += 1
        if taken == 1 { usleep(300_000) }
        #expect(server.requestCount <= taken + 4 + 2 * 2 + 40)
      }
    }
    #expect(asked < 40_000)
  }

  @Test func `a client that gives up leaves the fetcher to the others`() throws {
    struct Enough: Error {}
    let server = try HostileServer { request in
      request.path == "/slow" ? [.pause(60_000)] : Step.image()
    }
    defer { server.stop() }
    let fetcher = try Fetcher(testConfiguration())
    let many = (0..<100).map { FetchRequest(id: $0, url: server.url($0 % 2 == 0 ? "/slow" : "/x")) }
    #expect(throws: CancellationError.self) {
      try fetcher.fetch(many, isStopped: { server.requestCount >= 2 }) { _ in }
    }
    #expect(throws: Enough.self) {
      try fetcher.fetch([FetchRequest(id: 1, url: server.url("/x"))]) { _ in throw Enough() }
    }
    let statistics = try fetcher.fetch([FetchRequest(id: 1, url: server.url("/x"))]) { _ in }
    #expect(statistics.urls.kept == 1)
  }

  @Test func `connections are used again`() throws {
    let server = try HostileServer { _ in Step.image() }
    defer { server.stop() }
    var configuration = testConfiguration()
    configuration.perHost = 1
    try fetchAll((0..<100).map { server.url("/\($0)") }, configuration)
    #expect(server.connections == 1)
  }
}

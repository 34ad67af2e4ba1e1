import Compression
import Documents
import Fetching
import Foundation
import TestSupport
import Testing

/// Servers that lie, stall, flood and mislead.
struct HostileTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var steps: [Step]
    var code: Reason.Code?
    /// How often the path is asked for.
    var requests = 1
    var testDescription: String { name }
  }

  static let html = Array("<!DOCTYPE html><title>no image</title>".utf8)

  static let cases: [Case] = [
    Case(name: "a good image", steps: Step.image(), code: nil),
    Case(
      name: "an image that calls itself HTML",
      steps: Step.answer(200, ["Content-Type: text/html"], Step.png), code: nil),
    Case(
      name: "HTML that calls itself an image",
      steps: Step.answer(200, ["Content-Type: image/png"], html), code: .notAnImage),
    Case(
      name: "a drawing", steps: Step.answer(200, [], Array("<svg xmlns='x'/>".utf8)),
      code: .vectorImage),
    Case(name: "no bytes", steps: Step.answer(200, [], []), code: .notAnImage),
    Case(name: "not found", steps: Step.status(404), code: .clientErrorStatus),
    Case(name: "gone", steps: Step.status(410), code: .clientErrorStatus),
    Case(name: "no content", steps: [Step.head(204)], code: .unexpectedStatus),
    Case(
      name: "part of it", steps: Step.answer(206, [], Step.png), code: .unexpectedStatus),
    Case(
      name: "a server's failure", steps: Step.status(500), code: .serverErrorStatus, requests: 3),
    Case(name: "a bad gateway", steps: Step.status(502), code: .serverErrorStatus, requests: 3),
    Case(
      name: "an error with a flood behind it",
      steps: [Step.head(404), .forever([UInt8](repeating: 65, count: 4096))],
      code: .clientErrorStatus),
    Case(
      name: "a length too large",
      steps: [Step.head(200, ["Content-Length: 99999999999"]), .send(Step.png), .pause(10_000)],
      code: .bodyTooLarge),
    Case(
      name: "a length beyond numbers",
      steps: [
        Step.head(200, ["Content-Length: 99999999999999999999999"]), .send(Step.png),
        .pause(10_000),
      ],
      code: .bodyTooLarge),
    Case(
      name: "an endless body",
      steps: [Step.head(200), .send(Step.png), .forever([UInt8](repeating: 65, count: 4096))],
      code: .bodyTooLarge),
    Case(
      name: "an endless body in chunks",
      steps: [
        Step.head(200, ["Transfer-Encoding: chunked"]),
        .send(Array("\(String(Step.png.count, radix: 16))\r\n".utf8) + Step.png + [13, 10]),
        .forever(Array("400\r\n".utf8) + [UInt8](repeating: 65, count: 1024) + [13, 10]),
      ], code: .bodyTooLarge),
    Case(
      name: "endless text is given up after its first bytes",
      steps: [Step.head(200), .forever([UInt8](repeating: 65, count: 512))], code: .notAnImage),
    Case(
      name: "less than the length",
      steps: [Step.head(200, ["Content-Length: 5000"]), .send(Step.png), .close],
      code: .connectionBroken, requests: 3),
    Case(
      name: "a reset in the middle",
      steps: [Step.head(200, ["Content-Length: 5000"]), .send(Step.png), .pause(20), .reset],
      code: .connectionBroken, requests: 3),
    Case(name: "nothing at all", steps: [.close], code: .connectionBroken, requests: 3),
    Case(
      name: "a head without end",
      steps: [
        .text("HTTP/1.1 200 OK\r\n"),
        .forever(Array("X-Fill: \(String(repeating: "a", count: 500))\r\n".utf8)),
      ],
      code: .headTooLarge),
    Case(
      name: "no HTTP", steps: [.text("220 mail.example ESMTP\r\n"), .close],
      code: .malformedResponse),
    Case(
      name: "a coding that is none",
      steps: Step.answer(200, ["Content-Encoding: gzip"], Array("not gzip at all".utf8)),
      code: .malformedResponse),
    Case(
      name: "a redirect to itself", steps: Step.redirect("/x"), code: .redirectLoop),
    Case(
      name: "a redirect to a private address", steps: Step.redirect("http://10.0.0.1/"),
      code: .redirectRefused),
    Case(
      name: "a redirect to the metadata service",
      steps: Step.redirect("http://[::ffff:169.254.169.254]/latest"), code: .redirectRefused),
    Case(
      name: "a redirect to an address in disguise", steps: Step.redirect("http://0xA9FEA9FE/"),
      code: .redirectRefused),
    Case(
      name: "a redirect to a file", steps: Step.redirect("file:///etc/passwd"),
      code: .redirectRefused),
    Case(
      name: "a redirect to data", steps: Step.redirect("data:image/png;base64,AAAA"),
      code: .redirectRefused),
    Case(
      name: "a redirect to a mail server", steps: Step.redirect("http://site.test:25/"),
      code: .redirectRefused),
    Case(
      name: "a redirect to no address", steps: Step.redirect("http://[::::]/"),
      code: .redirectRefused),
    Case(name: "a redirect to nowhere", steps: Step.status(302), code: .unexpectedStatus),
  ]

  @Test(arguments: cases)
  func `each hostile answer has its own reason`(_ test: Case) throws {
    let server = try HostileServer(["/x": test.steps])
    defer { server.stop() }
    var configuration = testConfiguration()
    configuration.maximumBytes = 100_000
    let outcome = try fetchAll([server.url("/x")], configuration)[0]
    #expect(outcome.code == test.code)
    #expect(server.count("/x") == test.requests)
    #expect(outcome.requests == test.requests)
    if test.code == nil { #expect(outcome.decision.value?.bytes == Step.png) }
    if outcome.code?.mayPass == false { #expect(test.requests == 1) }
  }

  @Test func `a body that drips is ended at the deadline`() throws {
    let server = try HostileServer([
      "/drip": [Step.head(200, ["Content-Length: 1000"]), .forever([65], 50)],
      "/head": [.text("HTTP/1.1 200 OK\r\n"), .forever(Array("A".utf8), 50)],
      "/silent": [.pause(60_000)],
    ])
    defer { server.stop() }
    var configuration = testConfiguration()
    configuration.timeout = .milliseconds(400)
    let start = ContinuousClock.now
    let outcomes = try fetchAll(
      ["/drip", "/head", "/silent"].map { server.url($0) }, configuration)
    #expect(outcomes.map(\.code) == [.deadlineExceeded, .deadlineExceeded, .deadlineExceeded])
    #expect(ContinuousClock.now - start < .seconds(8))
  }

  @Test func `a body that is slower than may be is ended before the deadline`() throws {
    let server = try HostileServer([
      "/drip": [Step.head(200, ["Content-Length: 1000"]), .forever([65], 50)]
    ])
    defer { server.stop() }
    var configuration = testConfiguration()
    configuration.slowSeconds = 1
    #expect(try fetchAll([server.url("/drip")], configuration)[0].code == .tooSlow)
  }

  @Test func `a coding that was not asked for is decoded, and a bomb in it ended`() throws {
    let bomb = CompressionFormat.gzip.compress([UInt8](repeating: 0, count: 32 << 20))
    let inBomb = CompressionFormat.gzip.compress(
      Step.png + [UInt8](repeating: 0, count: 32 << 20))
    let image = CompressionFormat.gzip.compress(Step.png)
    let twice = CompressionFormat.gzip.compress(image)
    // Gzip members that decode to nothing, without end.
    let nothing = CompressionFormat.gzip.compress([])
    let server = try HostileServer([
      "/bomb": Step.answer(200, ["Content-Encoding: gzip"], bomb),
      "/image-bomb": Step.answer(200, ["Content-Encoding: gzip"], inBomb),
      "/image": Step.answer(200, ["Content-Encoding: gzip"], image),
      "/twice": Step.answer(200, ["Content-Encoding: gzip, gzip"], twice),
      "/empty": [Step.head(200, ["Content-Encoding: gzip"]), .forever(nothing)],
    ])
    defer { server.stop() }
    var configuration = testConfiguration()
    configuration.maximumBytes = 1 << 20
    configuration.timeout = .seconds(5)
    let outcomes = try fetchAll(
      ["/bomb", "/image-bomb", "/image", "/twice", "/empty"].map { server.url($0) }, configuration)
    #expect(outcomes[0].code == .notAnImage)
    #expect(outcomes[1].code == .bodyTooLarge)
    #expect(outcomes[2].decision.value?.bytes == Step.png)
    #expect(outcomes[3].decision.value?.bytes == Step.png)
    #expect(outcomes[4].code != nil)
    #expect(outcomes[1].wireBytes < 1 << 20)
  }

  @Test func `redirects are followed to a bound and noted`() throws {
    let server = try HostileServer { request in
      guard let step = Int(request.path.dropFirst()) else { return Step.status(404) }
      return step == 0
        ? Step.image() : Step.redirect("/\(step - 1)", [301, 302, 303, 307, 308][step % 5])
    }
    defer { server.stop() }
    let outcomes = try fetchAll([5, 6].map { server.url("/\($0)") }, testConfiguration())
    let image = try #require(outcomes[0].decision.value)
    #expect(image.url == server.url("/0"))
    #expect(image.redirects == [5, 4, 3, 2, 1].map { server.url("/\($0)") })
    #expect(outcomes[1].code == .redirectLoop)
  }

  @Test func `a circle of redirects ends when it closes`() throws {
    let server = try HostileServer(["/a": Step.redirect("/b"), "/b": Step.redirect("/a")])
    defer { server.stop() }
    #expect(try fetchAll([server.url("/a")], testConfiguration())[0].code == .redirectLoop)
    #expect(server.requestCount == 2)
  }

  @Test(
    arguments: [
      ("http://10.0.0.1/a", .addressRefused), ("http://[fe80::1]/a", .addressRefused),
      ("http://2130706433.test@0x0a000001/a", .addressRefused),
      ("http://1.1.1.1:22/a", .blockedPort),
      ("ftp://example.org/a", .invalidAddress), ("file:///etc/passwd", .invalidAddress),
      ("data:image/png;base64,AAAA", .invalidAddress), ("no address", .invalidAddress),
      ("", .invalidAddress),
      ("http://", .invalidAddress),
      ("http://a.test/" + String(repeating: "a", count: 9_000), .invalidAddress),
    ] as [(String, Reason.Code)])
  func `what may not be fetched is not connected to`(url: String, code: Reason.Code) throws {
    let outcome = try fetchAll([url], testConfiguration())[0]
    #expect(outcome.code == code)
    #expect(outcome.requests == 0)
  }

  @Test(arguments: ["10.1.2.3", "[::1]", "[::ffff:10.0.0.1]", "169.254.169.254", "0.0.0.0"])
  func `a name that leads to a private address is refused on connecting`(address: String) throws {
    var configuration = testConfiguration()
    configuration.resolutions["rebound.test"] = address
    let outcome = try fetchAll(["http://rebound.test/"], configuration)[0]
    #expect(outcome.code == .addressRefused)
    #expect(outcome.connections == 0)
  }

  @Test func `loopback is refused unless it is allowed, also where the environment names a proxy`()
    throws
  {
    let server = try HostileServer(["/x": Step.image()])
    defer { server.stop() }
    setenv("http_proxy", server.url("", host: "127.0.0.1"), 1)
    defer { unsetenv("http_proxy") }
    var configuration = testConfiguration()
    configuration.addresses.allowed = []
    configuration.resolutions["outside.test"] = "203.0.113.1"
    let outcomes = try fetchAll(
      [server.url("/x"), server.url("/x", host: "outside.test")], configuration)
    #expect(outcomes.map(\.code) == [.addressRefused, .addressRefused])
    #expect(server.requests.isEmpty)
  }

  @Test func `a closed port and a name without address may pass`() throws {
    let server = try HostileServer([:])
    server.stop()
    let outcomes = try fetchAll([server.url("/x"), "http://nowhere.invalid/"], testConfiguration())
    #expect(outcomes.map(\.code) == [.connectionFailed, .dnsFailure])
    #expect(outcomes.allSatisfy { $0.code?.mayPass == true })
  }

  @Test func `TLS without TLS fails`() throws {
    let server = try HostileServer([:])
    defer { server.stop() }
    let url = "https://site.test:\(server.port)/x"
    #expect(try fetchAll([url], testConfiguration())[0].code == .tlsFailure)
  }
}

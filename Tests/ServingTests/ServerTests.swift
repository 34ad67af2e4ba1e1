import Dispatch
import Documents
import ExampleRuns
import Foundation
import Synchronization
import Testing

@testable import Serving
@testable import Sockets

/// A server on a port of its own, with short limits.
private final class RunningServer: Sendable {
  let server: Server
  private let ended = DispatchSemaphore(value: 0)

  init() throws {
    var limits = Server.Limits()
    limits.request = .milliseconds(300)
    limits.threads = 8
    server = try Server(viewer.get(), port: 0, limits: limits)
    let thread = Thread { [self] in
      server.run()
      ended.signal()
    }
    thread.start()
  }

  /// Ends the server; whether all its threads ended.
  func stop() -> Bool {
    server.stop()
    return ended.wait(timeout: .now() + 10) == .success
  }

  /// Sends bytes in pieces and gives what comes back.
  func send(_ pieces: [String]) throws -> String {
    let client = try Connection(loopbackPort: server.port)
    let deadline = ContinuousClock.now + .seconds(10)
    for piece in pieces { try? client.send(Array(piece.utf8), until: deadline) }
    var bytes: [UInt8] = []
    while let more = try? client.receive(atMost: 65536, until: deadline), !more.isEmpty {
      bytes += more
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  func get(_ path: String, method: String = "GET") throws -> String {
    try send(["\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n\r\n"])
  }
}

@Suite struct ServerTests {
  @Test func requestsComeInAnyPieces() throws {
    let running = try RunningServer()
    #expect(try running.get("/style.css").hasPrefix("HTTP/1.1 200 OK\r\n"))
    let head = "GET /icon.svg HTTP/1.1\r\nHost: localhost:\(running.server.port)\r\n\r\n"
    for cut in [1, head.count - 3, head.count - 1] {
      let answer = try running.send([String(head.prefix(cut)), String(head.dropFirst(cut))])
      #expect(answer.hasSuffix("</svg>"), "\(cut)")
    }
    let answer = try running.get("/icon.svg", method: "HEAD")
    #expect(answer.hasPrefix("HTTP/1.1 200") && answer.hasSuffix("\r\n\r\n"))
    #expect(running.stop())
  }

  @Test func halfAndHugeRequestsAreAnsweredAndEnded() throws {
    let running = try RunningServer()
    #expect(try running.send(["GET / HT"]).hasPrefix("HTTP/1.1 408"))
    #expect(try running.send([]).hasPrefix("HTTP/1.1 408"))
    let huge = "GET / HTTP/1.1\r\nX: " + String(repeating: "a", count: 1 << 20)
    #expect(try running.send([huge]).hasPrefix("HTTP/1.1 431"))
    let long = "GET /?" + String(repeating: "a", count: 20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"
    #expect(try running.send([long]).hasPrefix("HTTP/1.1 431"))
    #expect(try running.send(["\r\n\r\n"]).hasPrefix("HTTP/1.1 400"))
    #expect(try running.send(["\u{16}\u{3}\u{1}\0\r\n\r\n"]).hasPrefix("HTTP/1.1 400"))
    let body =
      "POST / HTTP/1.1\r\nHost: 127.0.0.1:\(running.server.port)\r\nContent-Length: 9\r\n\r\n123456789"
    #expect(try running.send([body]).hasPrefix("HTTP/1.1 405"))
    #expect(try running.get("/icon.svg").hasPrefix("HTTP/1.1 200"))
    #expect(running.stop())
  }

  @Test func manyRequestsAtOnceAreAllAnswered() throws {
    let running = try RunningServer()
    let id = try example.get().documents[3].id
    let paths = [
      "/", "/documents", "/documents/\(id)", "/pairs", "/shards/text/0/0", "/icon.svg", "/none",
    ]
    let good = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 140) { number in
      let answer = try? running.get(paths[number % paths.count])
      let wanted = number % paths.count == 6 ? "HTTP/1.1 404" : "HTTP/1.1 200"
      if answer?.hasPrefix(wanted) == true,
        answer?.hasSuffix("\n") == true || number % paths.count == 5
      {
        good.withLock { $0 += 1 }
      }
    }
    #expect(good.withLock { $0 } == 140)
    #expect(running.stop())
  }

  @Test func aPortIsTakenOnce() throws {
    let running = try RunningServer()
    #expect(throws: SocketError.self) { try Server(viewer.get(), port: running.server.port) }
    #expect(running.stop())
  }
}

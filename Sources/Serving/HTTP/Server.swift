internal import Dispatch
internal import Foundation
public import Sockets

/// Serves a viewer on loopback: each request on a connection of its own, by a fixed number of threads.
///
/// Making a page reads files and decodes images, so threads wait for it, which Swift's concurrency has too
/// few of. They are also the limit: what comes beyond them waits in the system's queue.
public final class Server: Sendable {
  /// How long things may take.
  public struct Limits: Hashable, Sendable {
    /// From the connection to the end of the request's head.
    public var request: Duration = .seconds(5)
    /// For sending a response.
    public var response: Duration = .seconds(30)
    /// For waiting until the other side has closed.
    public var ending: Duration = .milliseconds(500)
    /// How many requests are worked on at once.
    public var threads = 32

    /// The usual limits.
    public init() {}
  }

  private let viewer: Viewer
  private let socket: ListeningSocket
  private let limits: Limits

  /// Begins to listen on a port of 127.0.0.1, or on any that is free for 0.
  ///
  /// - Throws: `SocketError` where the port cannot be had.
  public init(
    _ viewer: Viewer, port: UInt16, limits: Limits = Limits()
  ) throws(SocketError) {
    self.viewer = viewer
    self.limits = limits
    socket = try ListeningSocket(loopbackPort: port)
  }

  /// The port.
  public var port: UInt16 { socket.port }
  /// The address of the first page.
  public var address: String { "http://127.0.0.1:\(port)/" }

  /// Answers requests until ``stop()``; returns when all threads have ended.
  public func run() {
    let ended = DispatchSemaphore(value: 0)
    for number in 0..<limits.threads {
      let thread = Thread { [self] in
        while let connection = socket.accept() { serve(connection) }
        ended.signal()
      }
      thread.name = "weft viewer \(number)"
      thread.start()
    }
    for _ in 0..<limits.threads { ended.wait() }
  }

  /// Takes no more connections; what has begun is answered.
  public func stop() { socket.stop() }

  private func serve(_ connection: Connection) {
    var isHeadOnly = false
    let response: Response
    do {
      guard let head = try receiveHead(connection) else { return }
      let request = try Request(head: head)
      isHeadOnly = request.method == .head
      response = viewer.response(to: request, port: port)
    } catch let fault as RequestFault {
      response = ErrorPage.make(fault.status, fault.message)
    } catch let error as SocketError where error.isTimeout {
      response = ErrorPage.make(.requestTimeout, "the request did not come in time")
    } catch {
      // The other side has gone: there is nobody to answer.
      return
    }
    let message = response.message(isHeadOnly: isHeadOnly)
    guard (try? connection.send(message, until: .now + limits.response)) != nil else { return }
    connection.finish(until: .now + limits.ending)
  }

  /// The bytes of a request up to the empty line; `nil` where the other side said nothing.
  private func receiveHead(_ connection: Connection) throws -> ArraySlice<UInt8>? {
    let deadline = ContinuousClock.now + limits.request
    var bytes: [UInt8] = []
    while true {
      let more = try connection.receive(atMost: 4096, until: deadline)
      if more.isEmpty {
        if bytes.isEmpty { return nil }
        throw RequestFault(.badRequest, "the request ended before its head did")
      }
      let start = max(0, bytes.count - 3)
      bytes += more
      if let end = Self.headEnd(in: bytes[start...]) {
        guard end <= Request.headLimit else { throw Self.tooLong }
        return bytes[..<end]
      }
      if bytes.count > Request.headLimit { throw Self.tooLong }
    }
  }

  private static let tooLong = RequestFault(
    .headTooLarge, "the head of the request is longer than \(Request.headLimit) bytes")

  /// Where the last line before the empty line ends, without its ending.
  private static func headEnd(in bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= 4 else { return nil }
    return (bytes.startIndex...bytes.endIndex - 4).first {
      bytes[$0..<$0 + 4].elementsEqual([0x0D, 0x0A, 0x0D, 0x0A])
    }
  }
}

internal import Glibc

/// A TCP socket of 127.0.0.1 that takes connections; nobody on another machine can reach it.
public final class ListeningSocket: Sendable {
  private let descriptor: Int32
  /// The port it listens on.
  public let port: UInt16

  /// Begins to listen on a port of loopback, or on any that is free for 0.
  ///
  /// - Throws: ``SocketError`` where the port is taken or not allowed.
  public init(loopbackPort wanted: UInt16) throws(SocketError) {
    let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw SocketError("make a socket", errno) }
    do throws(SocketError) {
      // A port of a server that has just ended can be taken again at once.
      var isOn: Int32 = 1
      setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
      var address = Loopback.address(port: wanted)
      let size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let bound = Loopback.withGeneric(&address) { bind(number, $0, size) }
      guard bound == 0 else { throw SocketError("listen on port \(wanted) of 127.0.0.1", errno) }
      guard listen(number, SOMAXCONN) == 0 else {
        throw SocketError("listen on port \(wanted) of 127.0.0.1", errno)
      }
      var length = size
      let named = Loopback.withGeneric(&address) { getsockname(number, $0, &length) }
      guard named == 0 else { throw SocketError("ask for the port of a socket", errno) }
      port = UInt16(bigEndian: address.sin_port)
    } catch {
      close(number)
      throw error
    }
    descriptor = number
  }

  deinit { close(descriptor) }

  /// Waits for a connection; any number of threads may wait at once.
  ///
  /// - Returns: The connection; `nil` after ``stop()``.
  public func accept() -> Connection? {
    while true {
      let number = Glibc.accept(descriptor, nil, nil)
      if number >= 0 { return Connection(number) }
      switch errno {
      case EMFILE, ENFILE, ENOBUFS, ENOMEM:
        // Others of the process hold what is lacking; asking again at once would burn a core.
        usleep(20_000)
      case EINVAL, EBADF: return nil
      default: continue
      }
    }
  }

  /// Ends the waiting of all threads; connections that were taken go on.
  public func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}

/// The addresses of 127.0.0.1.
enum Loopback {
  static func address(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
    return address
  }

  static func withGeneric<Result>(
    _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Result
  ) -> Result {
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
    }
  }
}

internal import Glibc

/// A TCP port of the loopback interface that nothing listens at.
public func freePort() -> Int {
  withListener(atPort: 0) { $0 }
}

/// Calls a function while something listens at a port of the loopback interface; port 0 takes a free one.
public func withListener<Result>(atPort port: Int, _ body: (Int) throws -> Result) rethrows
  -> Result
{
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = in_port_t(port).bigEndian
  address.sin_addr.s_addr = inet_addr("127.0.0.1")
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isBound = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0
        && getsockname(descriptor, $0, &length) == 0
    }
  }
  precondition(isBound, "port \(port) can be listened at")
  return try body(Int(in_port_t(bigEndian: address.sin_port)))
}

/// What came of a request.
package struct HTTPReply: Sendable {
  /// Why there is no whole response.
  package enum Fault: Hashable, Sendable {
    /// The host has no address.
    case unresolved
    /// Nobody takes connections there.
    case unconnected
    /// There is no TLS with the server, or its certificate is not valid.
    case untrusted
    /// It took too long, or came too slowly.
    case late
    /// The connection ended before the response did.
    case broken
    /// More bytes were announced or came than were asked for.
    case tooLarge
    /// What came is no HTTP, or the address or a field of the request cannot be sent.
    case malformed
    /// The machine lacks memory or files.
    case noResources

    /// Whether the same request may go well a little later.
    package var mayPass: Bool {
      switch self {
      case .unresolved, .unconnected, .late, .broken: true
      case .untrusted, .tooLarge, .malformed, .noResources: false
      }
    }
  }

  /// The head, as far as it came.
  package var head = ResponseHead()
  /// The body as it came, in whatever coding.
  package var body: [UInt8] = []
  /// Why the response is not whole; `nil` where it is.
  package var fault: Fault?
  /// The library's words for the fault.
  package var message = ""
}

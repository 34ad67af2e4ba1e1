package import Storage

/// One request to a server that the user named.
package struct HTTPRequest: Sendable {
  /// What is sent with a request.
  package enum Body: Sendable {
    /// Nothing.
    case none
    /// Bytes in memory; none of them is a body of no bytes.
    case bytes([UInt8])
    /// A range of a file.
    case file(MappedFile, Range<Int>)

    /// The number of bytes.
    package var count: Int {
      switch self {
      case .none: 0
      case .bytes(let bytes): bytes.count
      case .file(_, let range): range.count
      }
    }
  }

  /// GET, HEAD, PUT, POST or DELETE.
  package var method: String
  /// An http or https address.
  package var url: String
  /// The fields of the head.
  package var fields: [(name: String, value: String)] = []
  /// What is sent.
  package var body = Body.none
  /// The longest that it may take.
  package var time = Duration.seconds(300)
  /// The longest that connecting may take.
  package var connectTime = Duration.seconds(10)
  /// So few bytes a second, for ``slowSeconds``, end the exchange.
  package var slowBytes = 1024
  /// How long an exchange may be slow, in seconds.
  package var slowSeconds = 30
  /// The most bytes of the body of a response of success.
  package var maximumBytes: Int
  /// The most bytes of any other response's body, which says what is wrong.
  static let errorBytes = 1 << 16
  /// A file of certificates to trust in the place of the system's.
  package var certificates: String?

  /// Makes a request without fields and body.
  package init(_ method: String, _ url: String, maximumBytes: Int) {
    self.method = method
    self.url = url
    self.maximumBytes = maximumBytes
  }
}

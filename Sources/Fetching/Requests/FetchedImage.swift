/// An image as it was fetched.
public struct FetchedImage: Hashable, Sendable {
  /// How long it took until something was reached, each from the start of the last request.
  public struct Timings: Hashable, Sendable {
    /// Until the host's name was resolved.
    public var resolved: Duration = .zero
    /// Until the connection stood.
    public var connected: Duration = .zero
    /// Until the TLS session stood; zero without TLS.
    public var secured: Duration = .zero
    /// Until the first byte came.
    public var firstByte: Duration = .zero
    /// Until the last byte came.
    public var total: Duration = .zero
  }

  /// The bytes, decoded from whatever coding they came in.
  public var bytes: [UInt8]
  /// The media type that the bytes have, whatever the headers claim.
  public var mediaType: String
  /// The address that gave the bytes, after redirects.
  public var url: String
  /// The status of the response.
  public var status: Int
  /// 10, 11, 20 or 30.
  public var httpVersion: Int
  /// The fields that matter later, by name in lower case: type, length, language, validators,
  /// rights.
  public var headers: [String: String]
  /// The addresses that led to ``url``, the first one asked for first.
  public var redirects: [String]
  /// How long it took.
  public var timings: Timings

  /// The names of the fields that are kept.
  static let keptHeaders = [
    "content-type", "content-length", "content-encoding", "content-language", "last-modified",
    "etag", "date", "x-robots-tag", "tdm-reservation", "tdm-policy", "link",
  ]
}

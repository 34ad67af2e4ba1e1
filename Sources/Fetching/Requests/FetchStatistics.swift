public import Documents

/// What a number of requests came to.
public struct FetchStatistics: Hashable, Sendable, Codable {
  /// How many URLs were asked for, kept, and dropped by reason.
  public var urls = Tally()
  /// How many requests were sent, robots.txt not counted.
  public var requests = 0
  /// How many redirects were followed.
  public var redirects = 0
  /// How many connections were made.
  public var connections = 0
  /// The bytes of bodies that came over the wire.
  public var wireBytes: Int64 = 0
  /// The bytes of the images that were kept.
  public var imageBytes: Int64 = 0
  /// How many URLs stated each opt-out, obeyed or not.
  public var optOuts: [String: Int] = [:]

  /// Makes statistics of nothing.
  public init() {}

  mutating func add(_ outcome: FetchOutcome) {
    switch outcome.decision {
    case .kept(let image):
      urls.keep()
      imageBytes += Int64(image.bytes.count)
    case .dropped(let reason): urls.drop(reason.code)
    }
    requests += outcome.requests
    redirects += outcome.redirects.count
    connections += outcome.connections
    wireBytes += outcome.wireBytes
    for optOut in outcome.optOuts { optOuts[optOut.rawValue, default: 0] += 1 }
  }
}

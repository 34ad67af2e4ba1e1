internal import Documents
internal import Fetching

/// How images that the archives lack are fetched from the network.
public struct ImageFetchConfiguration: Hashable, Sendable, Codable {
  /// Whether they are fetched at all.
  public var enabled = false
  /// Where site owners reach the operator: an http, https or mailto address, sent with each request.
  public var contact = ""
  /// The most requests at a time to one host.
  public var perHost = 2
  /// The most requests at a time.
  public var inFlight = 128
  /// The time for one URL, in seconds.
  public var timeout = 30.0
  /// The time for all URLs together, in seconds, 0 for any; what is not done then may be asked for again.
  public var deadline = 0.0
  /// The largest file in bytes.
  public var maximumBytes = 32 << 20
  /// The least time between two requests to one host, in seconds.
  public var delay = 0.25
  /// Whose word counts: `robots.txt`, and the opt-outs of `X-Robots-Tag` and TDMRep by name.
  public var respect = ["robots.txt"] + OptOut.allCases.map(\.rawValue)
  /// Ranges of special addresses that are allowed nevertheless, as `127.0.0.0/8`; for tests.
  public var allowAddresses: [String] = []

  /// Makes a configuration of defaults.
  public init() {}

  /// The fetcher's configuration.
  ///
  /// - Throws: ``ConfigurationError`` where a range is none.
  func fetching(seed: UInt64) throws -> FetchConfiguration {
    var configuration = FetchConfiguration(contact: contact)
    configuration.perHost = perHost
    configuration.inFlight = inFlight
    configuration.timeout = .seconds(timeout)
    configuration.maximumBytes = maximumBytes
    configuration.delay = .seconds(delay)
    configuration.respectsRobots = respect.contains("robots.txt")
    configuration.respected = Set(respect.compactMap(OptOut.init(rawValue:)))
    configuration.addresses.allowed = try allowAddresses.map { text in
      guard let range = AddressRange(text) else {
        throw ConfigurationError(
          file: "pipeline", key: "images.fetch.allowAddresses",
          message: "'\(text)' is no range of addresses; write one as 127.0.0.0/8")
      }
      return range
    }
    configuration.seed = seed
    return configuration
  }
}

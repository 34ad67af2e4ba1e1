public import Documents
internal import WebAddress

/// How images are fetched: who asks, how politely, how long, how much, and whose word counts.
public struct FetchConfiguration: Hashable, Sendable {
  /// The token by which robots.txt and `X-Robots-Tag` name the crawler.
  public static let product = "weft"

  /// Where the crawler's operator can be reached: an http, https or mailto address.
  public var contact: String
  /// The most transfers at a time.
  public var inFlight = 128
  /// The most transfers at a time from one host.
  public var perHost = 2
  /// The least time between the starts of two transfers from one host.
  public var delay: Duration = .milliseconds(250)
  /// The most that a site's `Crawl-delay` can make of it.
  public var maximumCrawlDelay: Duration = .seconds(10)
  /// The time for one URL from its first request on, redirects and retries included, waits that a
  /// server asked for not.
  public var timeout: Duration = .seconds(30)
  /// The time for a connection to stand.
  public var connectTimeout: Duration = .seconds(10)
  /// A transfer of fewer bytes a second for ``slowSeconds`` is ended.
  public var slowBytes = 500
  /// See ``slowBytes``.
  public var slowSeconds = 10
  /// The most bytes of an image, decoded or over the wire.
  public var maximumBytes = 32 << 20
  /// How often a URL is asked for that fails for a reason that may pass.
  public var attempts = 3
  /// The wait before the second attempt; it doubles with each further one.
  public var backoff: Duration = .seconds(1)
  /// The longest such wait.
  public var maximumBackoff: Duration = .seconds(60)
  /// The longest `Retry-After` that is waited for; a host that asks for more is left to a later
  /// run.
  public var maximumRetryAfter: Duration = .seconds(120)
  /// The most redirects that are followed to an image (and to a robots.txt, by RFC 9309).
  public var maximumRedirects = 5
  /// After how many failures to connect in a row a host is left alone.
  public var failuresUntilRest = 5
  /// How long it is left alone.
  public var rest: Duration = .seconds(300)
  /// Whether robots.txt is read and obeyed.
  public var respectsRobots = true
  /// How long a robots.txt is good for (RFC 9309, section 2.4).
  public var robotsLifetime: Duration = .seconds(86_400)
  /// The opt-outs that are obeyed; the others are recorded only.
  public var respected: Set<OptOut> = Set(OptOut.allCases)
  /// Which addresses may be connected to.
  public var addresses = AddressRules()
  /// Addresses that are used for hosts in the place of the DNS.
  public var resolutions: [String: String] = [:]
  /// A file of certificates to trust in the place of the system's.
  public var certificates: String?
  /// The seed of the jitter of waits.
  public var seed: UInt64 = 0
  /// How many bytes of images may wait to be taken before no further transfer is started.
  public var maximumHeldBytes = 64 << 20

  /// Makes a configuration of the defaults.
  public init(contact: String) { self.contact = contact }

  /// How the crawler names itself.
  public var userAgent: String { "\(Self.product)/\(WeftVersion.current) (+\(contact))" }

  /// - Throws: ``FetchError`` that names the pipeline's key where a setting cannot be.
  func check() throws(FetchError) {
    let scheme = WebURL(parsing: contact)?.scheme
    guard let scheme, ["http", "https", "mailto"].contains(scheme),
      contact.utf8.allSatisfy({
        0x21...0x7E ~= $0 && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")")
      })
    else {
      throw FetchError(
        .configuration,
        "images.fetch.contact: '\(contact)' is no address; name a page or mailbox at which site "
          + "owners reach you, such as https://example.org/crawler or mailto:you@example.org")
    }
    let positive = [
      ("inFlight", inFlight), ("perHost", perHost), ("maximumBytes", maximumBytes),
      ("attempts", attempts),
    ]
    for (key, value) in positive where value < 1 {
      throw FetchError(.configuration, "images.fetch.\(key): \(value) is less than 1")
    }
    if timeout <= .zero {
      throw FetchError(.configuration, "images.fetch.timeout: it must be more than 0 seconds")
    }
  }
}

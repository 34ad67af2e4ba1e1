import Documents
import Fetching

/// A configuration for tests: loopback is allowed, waits are short, and `.test` hosts are local.
func testConfiguration(_ hosts: [String] = ["site.test"]) -> FetchConfiguration {
  var configuration = FetchConfiguration(contact: "https://example.org/crawler")
  configuration.addresses.allowed = [AddressRange("127.0.0.0/8")].compactMap(\.self)
  configuration.delay = .zero
  configuration.backoff = .milliseconds(20)
  configuration.rest = .seconds(60)
  configuration.respectsRobots = false
  for host in hosts { configuration.resolutions[host] = "127.0.0.1" }
  return configuration
}

/// Fetches URLs and gives their outcomes in the order of the URLs.
@discardableResult
func fetchAll(
  _ urls: [String], _ configuration: FetchConfiguration, within time: Duration? = nil
) throws -> [FetchOutcome] {
  var outcomes: [Int: FetchOutcome] = [:]
  let requests = urls.enumerated().map { FetchRequest(id: $0.offset, url: $0.element) }
  try Fetcher(configuration).fetch(requests, within: time) { outcomes[$0.id] = $0 }
  return try urls.indices.map { index in
    guard let outcome = outcomes[index] else { throw Lost(url: urls[index]) }
    return outcome
  }
}

struct Lost: Error { var url: String }

extension FetchOutcome {
  var code: Reason.Code? { decision.reason?.code }
}

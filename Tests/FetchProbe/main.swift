// Fetches images into a directory until it is done or killed: what the tests of resuming kill.
//
//   FetchProbe DIRECTORY PORT COUNT

import Fetching
import Foundation
import Provenance

let arguments = CommandLine.arguments
let directory = arguments[1]
let ledger = try Ledger.create(
  path: directory + "/provenance.sqlite",
  run: RunDescription(id: "probe", format: 1, weft: "test", pipeline: "{}"))
var configuration = FetchConfiguration(contact: "https://example.org/crawler")
configuration.addresses.allowed = [AddressRange("127.0.0.0/8")].compactMap(\.self)
configuration.delay = .zero
configuration.perHost = 8
configuration.respectsRobots = false
configuration.backoff = .milliseconds(10)
let urls = (0..<(Int(arguments[3]) ?? 0)).map { "http://127.0.0.1:\(arguments[2])/\($0)" }
try RecordedFetch(try Fetcher(configuration), ledger: ledger, directory: directory + "/fetched")
  .fetch(urls)

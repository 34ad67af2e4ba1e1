internal import Documents
internal import Provenance
internal import WebAddress

/// The URLs that are still to be asked for, by the ledger, and the keys of those under way.
final class Pending {
  /// What a state will be recorded under.
  struct Key {
    var url: String
    /// The requests that earlier runs sent for it.
    var earlierRequests: Int
  }

  /// What kept the ledger from being read.
  private(set) var failure: (any Error)?
  private var urls: any IteratorProtocol<String>
  private let ledger: Ledger
  private let selection: RecordedFetch.Selection
  private let optOuts: [String: Set<OptOut>]
  private var seen: Set<String> = []
  private var underWay: [Int: Key] = [:]
  private var number = 0

  init(
    urls: some IteratorProtocol<String>, ledger: Ledger, selection: RecordedFetch.Selection,
    optOuts: [String: Set<OptOut>]
  ) {
    self.urls = urls
    self.ledger = ledger
    self.selection = selection
    self.optOuts = optOuts
  }

  /// The next request; `nil` where there is none, or the ledger failed.
  func next() -> FetchRequest? {
    while failure == nil, let url = urls.next() {
      // What cannot be parsed gets its reason from the fetcher.
      let key = WebURL(parsing: url)?.normalized ?? url
      guard seen.insert(key).inserted else { continue }
      do {
        let earlier = try ledger.fetch(url: key)
        guard isWanted(earlier) else { continue }
        number += 1
        underWay[number] = Key(url: key, earlierRequests: earlier?.requests ?? 0)
        return FetchRequest(id: number, url: url, optOuts: optOuts[key] ?? [])
      } catch {
        failure = error
      }
    }
    return nil
  }

  /// The key of a request that has come to its end.
  func take(_ id: Int) -> Key {
    guard let key = underWay.removeValue(forKey: id) else {
      preconditionFailure("an outcome came for a request that was never made")
    }
    return key
  }

  private func isWanted(_ earlier: FetchRow?) -> Bool {
    guard let earlier else { return true }
    return selection == .newAndPassing && earlier.kept == nil && earlier.mayPass
  }
}

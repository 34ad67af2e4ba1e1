public import Documents
internal import Foundation
internal import Hashing
public import Provenance
internal import WebAddress

/// Fetches images into a directory and keeps the state of each URL in the ledger.
///
/// The bytes of an image are on the disk before its state is, so a run that is killed loses no URL,
/// and asks for none again whose state was recorded. What came after the last record is asked for
/// again.
public struct RecordedFetch {
  /// Which URLs are asked for.
  public enum Selection: Sendable {
    /// Those that have no state.
    case new
    /// Those that have none, and those that failed for a reason that may have passed.
    case newAndPassing
  }

  private let fetcher: Fetcher
  private let ledger: Ledger
  private let directory: String

  /// So many bytes an archive has at most before another is begun: what is handy to copy.
  private static let archiveBytes: Int64 = 1 << 30
  /// States are recorded after so many outcomes, so many bytes, or so much time.
  private static let batchCount = 512
  private static let batchBytes = 64 << 20
  private static let batchTime: Duration = .seconds(1)

  /// Makes a fetch.
  ///
  /// - Parameters:
  ///   - fetcher: What fetches.
  ///   - ledger: Where states are kept.
  ///   - directory: Where the archives with the images are kept.
  public init(_ fetcher: Fetcher, ledger: Ledger, directory: String) {
    self.fetcher = fetcher
    self.ledger = ledger
    self.directory = directory
  }

  /// Fetches those of some URLs that a selection names, each once however often it is named.
  ///
  /// - Parameters:
  ///   - urls: The URLs; addresses of one normal form are one URL.
  ///   - selection: Which of them.
  ///   - optOuts: How the pages that show an image opt out of its use, by URL in normal form.
  ///   - time: The time for all of them.
  ///   - isStopped: Asked every tenth of a second; on true, what has come is recorded and the rest
  ///     given up.
  ///   - progress: Told of each URL that has come to its end.
  /// - Throws: `CancellationError` where it was stopped, and errors of the ledger and the disk.
  /// - Returns: What was asked for came to.
  @discardableResult
  public func fetch(
    _ urls: some Sequence<String>, _ selection: Selection = .new,
    optOuts: [String: Set<OptOut>] = [:], within time: Duration? = nil,
    isStopped: () -> Bool = { false }, progress: () -> Void = {}
  ) throws -> FetchStatistics {
    if try ledger.lastFetchSegment() == nil {
      // The ledger may have been removed; what is on the disk need not be fetched again.
      try ledger.record(try FetchedArchive.recover(directory))
    }
    var archive = try FetchedArchive(
      directory: directory, last: try ledger.lastFetchSegment(), maximumBytes: Self.archiveBytes)
    var batch = Batch()
    let pending = Pending(
      urls: urls.makeIterator(), ledger: ledger, selection: selection, optOuts: optOuts)
    // What has come is recorded also where the rest is given up.
    let result = Result {
      try withoutActuallyEscaping({ pending.next() }) { next in
        try fetcher.fetch(
          AnySequence { AnyIterator(next) }, within: time, isStopped: isStopped
        ) { outcome in
          try batch.add(outcome, key: pending.take(outcome.id), to: &archive)
          if batch.isFull { try record(&batch, archive) }
          progress()
        }
      }
    }
    try record(&batch, archive)
    if let failure = pending.failure { throw failure }
    return try result.get()
  }

  private func record(_ batch: inout Batch, _ archive: FetchedArchive) throws {
    if batch.bytes > 0 { try archive.sync() }
    try ledger.record(batch.rows)
    batch = Batch()
  }

  /// Outcomes whose states are not yet recorded.
  private struct Batch {
    var rows: [FetchRow] = []
    var bytes = 0
    private let begun = ContinuousClock.now

    var isFull: Bool {
      rows.count >= batchCount || bytes >= batchBytes || ContinuousClock.now - begun >= batchTime
    }

    mutating func add(
      _ outcome: FetchOutcome, key: Pending.Key, to archive: inout FetchedArchive
    ) throws {
      let now = Int64(Date().timeIntervalSince1970)
      var row = FetchRow(
        url: key.url, requests: key.earlierRequests + outcome.requests, fetched: now)
      row.status = outcome.status
      row.optOuts = outcome.optOuts.map(\.rawValue).sorted().joined(separator: " ")
      switch outcome.decision {
      case .dropped(let reason):
        row.reason = reason.code
        row.detail = reason.description
        row.mayPass = reason.code.mayPass
      case .kept(let image):
        let digest = Digest(of: image.bytes.span)
        let place = try archive.add(image, asked: key.url, digest: digest, fetched: now)
        row.kept = FetchRow.Kept(
          finalURL: image.url, mediaType: image.mediaType, digest: digest, place: place)
        bytes += image.bytes.count
      }
      rows.append(row)
    }
  }
}

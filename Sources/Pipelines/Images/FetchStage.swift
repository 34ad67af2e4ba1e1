internal import Compression
public import Documents
internal import Fetching
internal import Hashing
internal import Provenance
internal import WebAddress

/// Fetches the images that documents show and the archives lack.
///
/// It has one partition, for what one host is asked for is bounded over the whole run. The state of
/// each URL is in the ledger, so a partition that is made again asks for nothing twice. Its images
/// are read as one more archive of the run.
public struct FetchStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .fetch }

  /// Plans one partition of all URLs; none where the pipeline fetches nothing.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let settings = run.configuration.images.fetch
    guard settings.enabled else { return [] }
    let configuration = try settings.fetching(seed: run.configuration.seed)
    let missing = try MissingImages(of: run)
    var key = try PartitionKey().with("urls", missing.urls)
      .with("optOuts", missing.urls.map { missing.optOuts[$0]?.map(\.rawValue).sorted() ?? [] })
      .with("fetch", settings)
    // What may have passed is asked for anew, and its partition made anew.
    if run.retriesFetches, try run.ledger.hasPassingFetches() {
      key = try key.with("retry", try run.ledger.fetchCounts())
    }
    return [
      Partition(index: 0, key: key, work: Int64(missing.urls.count)) { writer in
        try ImageFetch(run: run, missing: missing, configuration: configuration, writer: writer)
          .perform()
      }
    ]
  }
}

/// The fetching of a run's missing images.
private struct ImageFetch {
  let run: RunContext
  let missing: MissingImages
  let configuration: FetchConfiguration
  let writer: PartitionWriter

  func perform() throws -> StageCounts {
    do {
      let deadline = run.configuration.images.fetch.deadline
      let fetch = RecordedFetch(
        try Fetcher(configuration), ledger: run.ledger, directory: FetchedInputs.directory(run))
      try fetch.fetch(
        missing.urls, run.retriesFetches ? .newAndPassing : .new, optOuts: missing.optOuts,
        within: deadline > 0 ? .seconds(deadline) : nil,
        isStopped: { writer.isInterrupted },
        progress: { writer.advance(by: 1) })
    } catch let error as FetchError where error.code == .configuration {
      throw ConfigurationError(file: "pipeline", message: error.message)
    }
    return try counts()
  }

  /// What became of all URLs, in this run or an earlier one.
  private func counts() throws -> StageCounts {
    var counts = StageCounts()
    for url in missing.urls {
      guard let state = try run.ledger.fetch(url: url) else {
        preconditionFailure("a URL that was asked for has a state")
      }
      if let reason = state.reason {
        counts[.imageURL].drop(reason)
      } else {
        counts[.imageURL].keep()
      }
    }
    return counts
  }
}

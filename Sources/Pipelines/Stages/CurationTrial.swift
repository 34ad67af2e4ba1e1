internal import Compression
public import Curation
public import Documents
internal import Provenance
internal import Storage

/// Curation of a run's documents by rules that are tried out: nothing is written.
///
/// The documents and images are those that the run has extracted and checked, and the duplicates those
/// that it has found; so rules can be compared on a crawl that was read once.
public struct CurationTrial: Sendable {
  private let run: RunContext
  private let parts: [Int]

  /// Opens a run directory whose images are resolved.
  ///
  /// - Throws: ``RunError`` where it is none, or is not that far.
  public init(directory: String) throws {
    let directory = RunDirectory(directory)
    let file = try RunFile.read(directory)
    var run = try RunContext(
      configuration: file.pipeline, directory: directory, crawl: file.inputs,
      ledger: try Ledger.open(path: directory.path(RunDirectory.ledger)), retriesFetches: false)
    _ = try run.addFetched()
    parts = try run.manifests(of: .extract).map(\.partition)
    let isReady = try ![StageName.images, .locate, .resolve].contains {
      try run.manifests(of: $0).isEmpty
    }
    guard isReady, !parts.isEmpty else {
      throw RunError(
        .directory,
        "'\(directory.root)' has no documents and images to curate yet; "
          + "`weft resolve PIPELINE` finds them")
    }
    self.run = run
  }

  /// Curates every document by each of several sets of rules.
  ///
  /// - Parameters:
  ///   - rules: The sets of rules.
  ///   - start: What the results of a part are gathered in.
  ///   - add: Adds a document and what each set of rules makes of it; called in the order of the
  ///     documents of a part, and for several parts at once.
  /// - Returns: The results of the parts, in order.
  /// - Throws: ``ConfigurationError`` where a list is missing that rules name.
  public func results<Value: Sendable>(
    of rules: [CurationConfiguration], gathered start: Value,
    _ add: @escaping @Sendable (inout Value, InterleavedDocument, [CuratedPage]) -> Void
  ) async throws -> [Value] {
    let images = try ImageIndex(run)
    let curators = try rules.map {
      Curator(
        configuration: $0, lists: try CurationFiles($0, pipeline: "the preset").lists)
    }
    return try await withThrowingTaskGroup(of: (Int, Value).self) { group in
      var waiting = parts.makeIterator()
      func addNext() {
        guard let part = waiting.next() else { return }
        group.addTask {
          var value = start
          try forEachDocument(of: part) { document in
            let resolved = run.forgotten.removed(from: try images.images(of: document))
            let pages = curators.map { curator in
              curator.curate(document) { resolved[$0.url] ?? .dropped(Reason(.noURL)) }
            }
            add(&value, document, pages)
          }
          return (part, value)
        }
      }
      for _ in 0..<Cores.count { addNext() }
      var results: [(Int, Value)] = []
      while let result = try await group.next() {
        results.append(result)
        addNext()
      }
      return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func forEachDocument(
    of part: Int, _ body: (InterleavedDocument) throws -> Void
  ) throws {
    var documents = try JSONLinesReader<InterleavedDocument>(
      path: run.directory.path(RunDirectory.documents(part)))
    let duplicates = try DuplicateList(run: run, part: part)
    while let extracted = try documents.next() {
      if let document = duplicates.remainder(of: extracted) { try body(document) }
    }
  }
}

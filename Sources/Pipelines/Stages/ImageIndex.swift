internal import Compression
internal import Documents
internal import Fetching
internal import Synchronization
internal import WebAddress

/// The images of all archives of a run by normalised URL, redirects followed.
struct ImageIndex: Sendable {
  private var outcomes: [String: Decision<ResolvedImage>] = [:]
  private var redirects: [String: String] = [:]

  /// How many redirects are followed to an image; browsers give up after 20 (Fetch Standard, §4.4).
  private static let maximumRedirects = 20

  /// Loads what the earlier stages found.
  init(_ run: RunContext) throws {
    for manifest in try run.manifests(of: .images) {
      var reader = try JSONLinesReader<ImageOutcome>(
        path: run.directory.path(RunDirectory.images(manifest.partition)))
      let scores = try PartScores(run, part: manifest.partition)
      while var outcome = try reader.next() {
        try scores.add(to: &outcome)
        add(outcome)
      }
    }
    for input in run.inputs {
      var reader = try JSONLinesReader<ArchivedResponse>(
        path: run.directory.path(RunDirectory.records(input.input)))
      while let response = try reader.next() {
        guard response.kind == .redirect, let target = response.target,
          let key = Self.key(response.url), redirects[key] == nil
        else { continue }
        redirects[key] = Self.key(target)
      }
    }
  }

  /// Finds the image that a URL leads to.
  func resolve(_ url: String) -> Decision<ResolvedImage> {
    guard var key = Self.key(url) else { return .dropped(Reason(.noURL)) }
    for _ in 0...Self.maximumRedirects {
      if let outcome = outcomes[key] { return outcome }
      guard let next = redirects[key] else { return .dropped(Reason(.notInArchive)) }
      key = next
    }
    return .dropped(Reason(.redirectLoop, threshold: Double(Self.maximumRedirects)))
  }

  /// The first response that could be decoded stands for a URL; failing that, the first fault.
  private mutating func add(_ outcome: ImageOutcome) {
    guard let key = Self.key(outcome.url) else { return }
    if let image = outcome.image {
      if outcomes[key]?.value == nil { outcomes[key] = .kept(image) }
    } else if let reason = outcome.reason, outcomes[key] == nil {
      outcomes[key] = .dropped(reason)
    }
  }

  private static func key(_ url: String) -> String? { WebURL(parsing: url)?.normalized }
}

/// An image index that is loaded when the first partition asks for it, and then shared.
final class SharedImageIndex: Sendable {
  private let run: RunContext
  private let loaded = Mutex<ImageIndex?>(nil)

  init(_ run: RunContext) { self.run = run }

  func load() throws -> ImageIndex {
    try loaded.withLock { index in
      if let index { return index }
      let made = try ImageIndex(run)
      index = made
      return made
    }
  }
}

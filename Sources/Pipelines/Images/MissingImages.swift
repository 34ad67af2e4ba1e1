internal import Compression
internal import Documents
internal import WebAddress

/// The images that documents show and the archives of the crawl lack.
struct MissingImages {
  /// Their URLs in normal form, each once, in the order in which the documents show them.
  private(set) var urls: [String] = []
  /// How the pages that show an image opt out of its use, where any of them does.
  private(set) var optOuts: [String: Set<OptOut>] = [:]

  private var images: Set<String> = []
  private var redirects: [String: String] = [:]

  /// How many redirects are followed within the crawl, as when images are resolved.
  private static let maximumRedirects = 20

  /// Finds the images of a run whose documents are extracted.
  init(of run: RunContext) throws {
    try self.init(crawlOf: run)
    var seen: Set<String> = []
    for manifest in try run.manifests(of: .extract) {
      var reader = try JSONLinesReader<InterleavedDocument>(
        path: run.directory.path(RunDirectory.documents(manifest.partition)))
      while let document = try reader.next() {
        for image in document.images {
          guard let url = WebURL(parsing: image.url), url.scheme == "http" || url.scheme == "https"
          else { continue }
          let key = url.normalized
          if let own = document.optOuts { optOuts[key, default: []].formUnion(own) }
          if seen.insert(key).inserted, !has(key) { urls.append(key) }
        }
      }
    }
  }

  private init(crawlOf run: RunContext) throws {
    for input in run.crawl {
      var reader = try JSONLinesReader<ArchivedResponse>(
        path: run.directory.path(RunDirectory.records(input.input)))
      while let response = try reader.next() {
        guard let key = WebURL(parsing: response.url)?.normalized else { continue }
        if response.kind == .image { images.insert(key) }
        if let target = response.target.flatMap({ WebURL(parsing: $0)?.normalized }),
          redirects[key] == nil
        {
          redirects[key] = target
        }
      }
    }
  }

  /// Whether the crawl has an image for a URL, redirects followed.
  private func has(_ url: String) -> Bool {
    var key = url
    for _ in 0...Self.maximumRedirects {
      if images.contains(key) { return true }
      guard let next = redirects[key] else { return false }
      key = next
    }
    return false
  }
}

public import Documents
internal import Foundation
internal import Storage
internal import WebAddress

/// What is to be forgotten, as its owner or the user of a run names it.
public struct ForgetSelectors: Hashable, Sendable, Codable {
  /// Addresses of pages or images, in normal form.
  public private(set) var urls: Set<String> = []
  /// Hosts; what stands below one, such as `www.` of it, is meant too.
  public private(set) var domains: Set<String> = []
  /// The SHA-256 of images, of the crawled file or of what the corpora hold of it.
  public private(set) var images: Set<Digest> = []

  /// Names nothing.
  public init() {}

  /// Whether nothing is named.
  public var isEmpty: Bool { urls.isEmpty && domains.isEmpty && images.isEmpty }

  /// Adds an address.
  ///
  /// - Throws: ``RunError`` where the text is none.
  public mutating func add(url: String) throws {
    guard let parsed = WebURL(parsing: url), parsed.host != nil else {
      throw RunError(
        .input,
        "'\(url)' is no absolute URL such as https://example.org/page; nothing was forgotten")
    }
    urls.insert(parsed.normalized)
  }

  /// Adds a host.
  ///
  /// - Throws: ``RunError`` where the text is none.
  public mutating func add(domain: String) throws {
    guard domain.contains("."), !domain.contains("/"), !domain.contains(":"),
      let host = WebURL(parsing: "http://\(domain)/")?.host
    else {
      throw RunError(
        .input, "'\(domain)' is no domain such as example.org; name one page by --url")
    }
    domains.insert(host)
  }

  /// Adds the digest of an image.
  ///
  /// - Throws: ``RunError`` where the text is none.
  public mutating func add(image: String) throws {
    guard let digest = Digest(image) else {
      throw RunError(
        .input,
        "'\(image)' is no SHA-256 digest of 64 hexadecimal digits; `weft inspect RUN --document` "
          + "shows those of a document's images")
    }
    images.insert(digest)
  }

  /// Adds what a file names, one a line: a URL, a domain or a digest; `#` begins a comment line.
  ///
  /// - Throws: ``RunError`` naming the first line that is none of them; `StorageError` where the file
  ///   cannot be read.
  public mutating func add(list path: String) throws {
    let text = try FileSystem.readText(path)
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let entry = line.trimmingCharacters(in: .whitespaces)
      if entry.isEmpty || entry.hasPrefix("#") { continue }
      do {
        if entry.contains("://") {
          try add(url: entry)
        } else if entry.contains(".") {
          try add(domain: entry)
        } else {
          try add(image: entry)
        }
      } catch let error as RunError {
        throw RunError(.input, "\(path):\(number + 1): \(error.message)")
      }
    }
  }

  /// Adds all that others name.
  mutating func add(_ other: ForgetSelectors) {
    urls.formUnion(other.urls)
    domains.formUnion(other.domains)
    images.formUnion(other.images)
  }

  /// Adds images by digests that were found to be meant.
  mutating func add(images found: some Sequence<Digest>) { images.formUnion(found) }

  /// Whether an address is one of those named, or of one of the hosts.
  func match(_ url: String) -> Bool {
    if urls.isEmpty && domains.isEmpty { return false }
    guard let parsed = WebURL(parsing: url) else { return false }
    if !urls.isEmpty, urls.contains(parsed.normalized) { return true }
    guard !domains.isEmpty, let host = parsed.host else { return false }
    if domains.contains(host) { return true }
    return host.indices.contains {
      host[$0] == "." && domains.contains(String(host[host.index(after: $0)...]))
    }
  }
}

extension ForgetSelectors {
  private enum Key: String, CodingKey { case urls, domains, images }

  /// Writes each list sorted, so that equal selectors have equal bytes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(urls.sorted(), forKey: .urls)
    try container.encode(domains.sorted(), forKey: .domains)
    try container.encode(images.sorted(), forKey: .images)
  }
}

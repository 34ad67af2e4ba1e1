internal import CommonCrawl
internal import Documents
internal import Hashing
internal import ObjectStores
internal import RemoteArchives
internal import Storage

/// The archives or other files that a pipeline names.
struct InputList {
  /// An input before it is digested.
  private struct Found {
    var path: String
    var uri: ObjectURI?
    var object: ObjectInfo?
    /// What it stands by among the inputs; the path of an archive that was made here says where the run is.
    var order: String

    init(path: String, uri: ObjectURI? = nil, object: ObjectInfo? = nil, order: String? = nil) {
      self.path = path
      self.uri = uri
      self.object = object
      self.order = order ?? path
    }
  }

  /// The way to archives of stores; `nil` where only files may be named.
  let archives: ArchiveAccess?
  /// Where Common Crawl gives its data.
  let base: String
  /// Where archives of chosen records are made.
  let selections: String
  /// What is known of archives of stores.
  let known: String
  let interruption: Interruption
  let progress: any ProgressSink

  /// Finds and digests the inputs.
  ///
  /// - Throws: ``RunError`` where a pattern matches nothing or one input is named twice, `ObjectStoreError`
  ///   where a store does not give what is named.
  func resolve(_ patterns: [String], key: String = "read.inputs") throws -> [RunInput] {
    var found: [String: Found] = [:]
    for pattern in patterns {
      let matches =
        ObjectURI.isURI(pattern)
        ? try objects(pattern, key)
        : CrawlQuery.isQuery(pattern) ? try crawl(pattern, key) : try files(pattern, key)
      for match in matches { found[match.path] = match }
    }
    let sorted = found.values.sorted { $0.order.utf8.lexicographicallyPrecedes($1.order.utf8) }
    var known = KnownDigests(path: known)
    let inputs = try sorted.enumerated().map { index, found in
      try interruption.check()
      return try input(index, found, &known)
    }
    try Self.refuseCopies(inputs)
    return inputs
  }

  private func files(_ pattern: String, _ key: String) throws -> [Found] {
    let matches = FileSystem.matching(pattern)
    if matches.isEmpty {
      throw RunError(
        .input,
        "\(key): no file matches '\(pattern)' (in the current directory, where it is "
          + "relative)")
    }
    return matches.map { Found(path: $0) }
  }

  private func objects(_ pattern: String, _ key: String) throws -> [Found] {
    guard let archives else {
      throw RunError(.input, "\(key): \(Self.onlyFiles)")
    }
    let uri = try ObjectURI(pattern)
    let store = try archives.store()
    guard let text = uri.key, PathPattern(text).isPattern else {
      archives.remember(uri)
      return [Found(path: "\(uri)", uri: uri, object: try store.head(uri))]
    }
    let matches = try store.matching(uri)
    if matches.isEmpty {
      throw RunError(.input, "\(key): no object matches '\(uri)'; check the prefix and the bucket")
    }
    return matches.map { Found(path: "\($0.uri)", uri: $0.uri, object: $0.info) }
  }

  private static let onlyFiles = "only files can be read there; copy it to this machine first"

  /// Archives of Common Crawl, or one of records that are chosen here.
  private func crawl(_ name: String, _ key: String) throws -> [Found] {
    guard let archives else { throw RunError(.input, "\(key): \(Self.onlyFiles)") }
    do {
      let query = try CrawlQuery(name)
      let store = try archives.store()
      if !query.choosesRecords {
        return try Crawl(query, base: base, store: store).archives().map {
          Found(path: "\($0)", uri: $0, object: try store.head($0))
        }
      }
      let selection = CrawlSelection(query, base: base, store: store, directory: selections)
      try selection.make(isStopped: { interruption.isRaised }) {
        progress.say(stage: .read, "\(query): record \($0 + 1) of \($1)")
      }
      return [Found(path: selection.path, order: "\(query)")]
    } catch let error as CrawlError {
      throw RunError(.input, "\(key): \(error)")
    }
  }

  private func input(
    _ index: Int, _ found: Found, _ known: inout KnownDigests
  ) throws -> RunInput {
    guard let uri = found.uri, let object = found.object else {
      return RunInput(
        input: index, path: found.path, byteCount: FileSystem.size(found.path) ?? 0,
        digest: try Digest(ofFile: found.path))
    }
    let digest =
      try known.digest(of: found.path, object) ?? digest(found.path, uri, object, &known)
    return RunInput(
      input: index, path: found.path, byteCount: object.size, digest: digest, object: object)
  }

  private func digest(
    _ name: String, _ uri: ObjectURI, _ object: ObjectInfo, _ known: inout KnownDigests
  ) throws -> Digest {
    guard let archives else { preconditionFailure("objects are found by a way to them") }
    progress.say(stage: .read, "digesting \(name)")
    let isStopped = { interruption.isRaised }
    let digest =
      if let cache = try archives.cache() {
        try cache.digest(of: name, at: uri, object, isStopped: isStopped)
      } else {
        try archives.store().digest(uri, of: object, isStopped: isStopped)
      }
    try known.add(digest, of: name, object)
    return digest
  }

  /// Two archives of the same bytes would give every record twice under one identity.
  private static func refuseCopies(_ inputs: [RunInput]) throws {
    var first: [Digest: String] = [:]
    for input in inputs {
      if let other = first.updateValue(input.path, forKey: input.digest) {
        throw RunError(
          .input, "'\(other)' and '\(input.path)' hold the same bytes; name only one of them")
      }
    }
  }
}

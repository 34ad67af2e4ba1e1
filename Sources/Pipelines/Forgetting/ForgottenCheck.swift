internal import Compression
internal import Curation
internal import Documents
internal import Foundation
internal import Hashing
internal import Provenance
internal import Sharding
internal import Storage
internal import Tokenization

/// Looks through a run for anything of what was forgotten.
///
/// It reads every document, corpus archive, sample, token id, feature and shard and the image index, and
/// asks the ledger; it does not trust the records' own digests. The bytes of the images in the corpora are
/// digested, so that an image under another name is found too.
public struct ForgottenCheck {
  /// Something that is left.
  public struct Trace: Hashable, Sendable {
    /// The file that holds it, relative to the run directory.
    public var path: String
    /// What it is.
    public var what: String
  }

  /// How many things were looked at.
  public private(set) var checked = 0
  /// What is left.
  public private(set) var traces: [Trace] = []
  /// How many records of forgetting there are.
  public let records: Int

  private let directory: RunDirectory
  private let list: ForgottenList
  private let documents: Set<DocumentID>

  /// Looks through a run directory.
  ///
  /// - Throws: ``RunError`` where nothing was ever forgotten or a record is damaged or missing, and errors of
  ///   files that cannot be read: what cannot be read proves nothing.
  public init(_ path: String) throws {
    directory = RunDirectory(path)
    let all = try ForgottenRecord.all(of: directory)
    guard !all.isEmpty else {
      throw RunError(.directory, "nothing was ever forgotten of '\(path)': it has no forgotten/")
    }
    records = all.count
    list = try ForgottenList(directory)
    documents = list.records.union(all.flatMap(\.documents))
    try checkChain(all)
    try checkDocuments()
    try checkIndex()
    for corpus in Corpus.crawled { try checkCorpus(corpus) }
    try checkSamples()
    try checkTokensAndFeatures()
    for corpus in Corpus.allCases { try checkShards(corpus) }
    try checkLedger()
  }

  private mutating func check(_ isLeft: Bool, _ path: String, _ what: @autoclosure () -> String) {
    checked += 1
    if isLeft { traces.append(Trace(path: path, what: what())) }
  }

  /// Each record names the one before it.
  private mutating func checkChain(_ all: [ForgottenRecord]) throws {
    var previous: Digest?
    for (place, record) in all.enumerated() {
      check(
        record.number != place + 1 || record.previous != previous, record.name,
        "a record before it is missing or was changed")
      previous = try Digest(ofFile: directory.path(record.name))
    }
  }

  private func files(_ folder: String, _ suffix: String) throws -> [String] {
    guard Directory.isDirectory(directory.path(folder)) else { return [] }
    return try Directory.names(in: directory.path(folder)).filter { $0.hasSuffix(suffix) }
      .map { "\(folder)/\($0)" }
  }

  private mutating func checkDocuments() throws {
    for path in try files("documents", ".jsonl.zst") {
      var reader = try JSONLinesReader<InterleavedDocument>(path: directory.path(path))
      while let document = try reader.next() { check(document, path) }
    }
  }

  private mutating func check(_ document: InterleavedDocument, _ path: String) {
    check(
      documents.contains(document.id) || list.selectors.match(document.url), path,
      "document \(document.id)")
    for image in document.images { check(image, of: document.id, path) }
  }

  private mutating func check(_ image: ImageReference, of document: DocumentID, _ path: String) {
    let isLeft =
      list.selectors.match(image.url) || image.resolved.map { list.match($0) } ?? false
    check(isLeft, path, "an image of document \(document)")
  }

  private mutating func checkCorpus(_ corpus: Corpus) throws {
    for path in try files("corpus/\(corpus.rawValue)", ".tar") {
      var reader = try TarReader(path: directory.path(path))
      while let entry = try reader.next() {
        let bytes = reader.bytes(of: entry)
        if entry.suffix != "json" {
          if list.selectors.images.isEmpty { continue }
          check(list.selectors.images.contains(Digest(of: bytes)), path, "the image \(entry.name)")
        } else if corpus == .pairs {
          let pair = try JSONDecoder().decode(ImageTextPair.self, from: Data(bytes))
          check(
            documents.contains(pair.document) || list.selectors.match(pair.page), path,
            "a pair of document \(pair.document)")
          check(pair.image, of: pair.document, path)
        } else {
          check(try JSONDecoder().decode(InterleavedDocument.self, from: Data(bytes)), path)
        }
      }
    }
  }

  private mutating func checkIndex() throws {
    for entries in try files("work/locate", ".entries") {
      let keys = String(entries.dropLast("entries".count)) + "keys"
      let range = try ImageIndexRange(
        keys: directory.path(keys), entries: directory.path(entries))
      try range.forEach { entry in
        let isLeft =
          switch entry.target {
          case .image(let image): list.match(image)
          case .redirect(let key): list.match(key.url)
          case .fault: false
          }
        check(isLeft || list.match(entry.key.url), entries, "what an image address leads to")
      }
    }
  }

  /// Lines do not tell where they are from, so each must be one that the corpora still hold.
  private mutating func checkSamples() throws {
    for path in try files("work/sample", ".jsonl.zst") {
      var lines: Set<String> = []
      let head = try SampledLines.read(directory.path(path)) { lines.insert($0) }
      checked += lines.count
      for part in head.parts {
        for corpus in Corpus.crawled {
          try CorpusReader(directory: directory, part: part).forEachText(of: corpus) { text in
            LineSample.forEachLine(of: text) { lines.remove($0) }
          }
        }
      }
      if lines.isEmpty { continue }
      traces.append(Trace(path: path, what: "\(lines.count) lines that no corpus holds"))
    }
  }

  private mutating func checkTokensAndFeatures() throws {
    for corpus in Corpus.crawled {
      for path in try files("work/tokens/\(corpus.rawValue)", ".safetensors") {
        let part = try TokenizedPart(path: directory.path(path))
        for index in 0..<part.count {
          let document = try part.document(at: index)
          check(documents.contains(document.id), path, "the tokens of document \(document.id)")
          for image in document.images { check(image, path) }
        }
      }
    }
    for path in try files("work/features", ".safetensors") {
      for image in try FeaturePart(path: directory.path(path)).images { check(image, path) }
    }
  }

  private mutating func check(_ image: Digest, _ path: String) {
    check(list.selectors.images.contains(image), path, "the image \(image)")
  }

  private mutating func checkShards(_ corpus: Corpus) throws {
    for path in try files(RunDirectory.shards(corpus), ".safetensors") {
      let shard = try Shard(path: directory.path(path))
      for row in 0..<shard.counts.images { check(shard.imageDigest(row: row), path) }
      for index in 0..<shard.count {
        for segment in try shard.sequence(at: index).segments {
          check(
            documents.contains(segment.document), path,
            "tokens of document \(segment.document) in sequence \(index)")
        }
      }
    }
  }

  private mutating func checkLedger() throws {
    let ledger = try Ledger.open(path: directory.path(RunDirectory.ledger))
    for id in documents {
      let isLeft =
        try ledger.document(id) != nil || !ledger.segments(of: id, limit: 1).isEmpty
        || !ledger.entries(of: id).isEmpty || !ledger.images(of: id).isEmpty
        || ledger.record(id)?.url != nil
      check(isLeft, RunDirectory.ledger, "rows of document \(id)")
    }
    for url in list.selectors.urls.sorted() {
      check(
        try !ledger.documents(url: url, limit: 1).isEmpty
          || !ledger.pages(url: url, limit: 1).isEmpty,
        RunDirectory.ledger, "rows of \(url)")
    }
    for domain in list.selectors.domains.sorted() {
      check(
        try !ledger.documents(domain: domain, limit: 1).isEmpty, RunDirectory.ledger,
        "documents of \(domain)")
    }
    for image in list.selectors.images.sorted() {
      check(
        try !ledger.images(digest: image, limit: 1).isEmpty
          || !ledger.documentImages(digest: image, limit: 1).isEmpty, RunDirectory.ledger,
        "rows of the image \(image)")
    }
    try checkFetches(ledger)
  }

  /// Images that were fetched stay in their archives; that is told, not passed over.
  private mutating func checkFetches(_ ledger: Ledger) throws {
    var last = ""
    while true {
      let rows = try ledger.fetches(after: last)
      guard let end = rows.last else { return }
      for row in rows {
        guard let kept = row.kept else { continue }
        let isLeft =
          list.selectors.match(row.url) || list.selectors.match(kept.finalURL)
          || list.selectors.images.contains(kept.digest)
        check(isLeft, RunDirectory.fetched(kept.place.segment), "the image of \(row.url)")
      }
      last = end.url
    }
  }
}

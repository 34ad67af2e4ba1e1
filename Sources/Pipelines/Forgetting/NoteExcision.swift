internal import Compression
internal import Documents
internal import Foundation
internal import Tokenization

/// Takes what goes out of the extracted documents and of the notes of stages under `work/`.
///
/// The notes keep the place of what goes, where the stages behind divide their work by it.
struct NoteExcision {
  let directory: RunDirectory
  let selection: ForgetSelection
  let staged: StagedFiles?

  private var list: ForgottenList { selection.list }

  /// Rewrites a part of the extracted documents.
  ///
  /// - Returns: The documents that go.
  func rewriteDocuments(_ part: Int) throws -> [DocumentID] {
    var gone: [DocumentID] = []
    try rewrite(RunDirectory.documents(part), InterleavedDocument.self) { document in
      if list.records.contains(document.id) {
        gone.append(document.id)
        return nil
      }
      return list.redacted(document, urls: selection.imageURLs)
    }
    return gone
  }

  /// Rewrites what the read stage noted of an archive.
  func rewriteResponses(_ input: Int) throws {
    try rewrite(RunDirectory.records(input), ArchivedResponse.self) { list.redacted($0) }
  }

  /// Rewrites what the images stage noted, and the scores of images that are not there any more.
  func rewriteImages(_ part: Int, hasScores: Bool) throws {
    var lost: Set<Digest> = []
    var kept: Set<Digest> = []
    try rewrite(RunDirectory.images(part), ImageOutcome.self) { outcome in
      var rest = outcome
      if list.match(outcome.url) { rest.url = ForgottenList.address }
      if let image = outcome.image {
        if list.match(outcome.url) || list.match(image) || list.records.contains(outcome.record) {
          lost.insert(image.digest)
          rest.image = nil
          rest.reason = Reason(.forgotten)
        } else {
          kept.insert(image.digest)
        }
      }
      return rest
    }
    guard hasScores else { return }
    try rewrite(RunDirectory.imageScores(part), ImageScore.self) {
      lost.contains($0.digest) && !kept.contains($0.digest) ? nil : $0
    }
  }

  /// Rewrites a range of the image index: an address that goes is not in it, and an image that goes is
  /// none.
  func rewriteIndex(_ range: Int) throws {
    guard let staged else { return }
    let (keys, entries) = (
      RunDirectory.imageIndexKeys(range), RunDirectory.imageIndexEntries(range)
    )
    let scratch = staged.path(RunDirectory.sortedRuns)
    var writer = try ImageIndexWriter(
      keys: staged.path(keys), entries: staged.path(entries), scratch: scratch)
    var isChanged = false
    try ImageIndexRange(keys: directory.path(keys), entries: directory.path(entries)).forEach {
      entry in
      let rest = rest(of: entry)
      if rest != entry { isChanged = true }
      if let rest { try writer.add(rest) }
    }
    guard isChanged else { return }
    try writer.commit()
    try staged.add(keys)
    try staged.add(entries)
  }

  private func rest(of entry: ImageIndexEntry) -> ImageIndexEntry? {
    if list.match(entry.key.url) { return nil }
    var rest = entry
    switch entry.target {
    case .image(let image) where list.match(image): rest.target = .fault(Reason(.forgotten))
    case .redirect(let key) where list.match(key.url): return nil
    case .image, .fault, .redirect: break
    }
    return rest
  }

  /// Rewrites the list of duplicates of a part.
  func rewriteDuplicates(_ part: Int) throws {
    try rewrite(RunDirectory.duplicates(part), DuplicateLine.self) {
      list.records.contains($0.document) ? nil : $0
    }
  }

  /// Rewrites the list of images that a part of the corpora shows.
  ///
  /// - Returns: The images that it does not list any more.
  func rewriteShown(_ part: Int, gone: Set<Digest>) throws -> [Digest] {
    var removed: [Digest] = []
    try rewrite(RunDirectory.shownImages(part), ResolvedImage.self) { image in
      if gone.contains(image.digest) {
        removed.append(image.digest)
        return nil
      }
      return image
    }
    return removed
  }

  /// Takes a sample of lines anew, where any corpus that it was taken of was rewritten.
  func rewriteSample(_ partition: Int) throws {
    guard let staged else { return }
    let relative = RunDirectory.sampledLines(partition)
    let head = try SampledLines.read(directory.path(relative)) { _ in }
    let isRewritten = { staged.file(RunDirectory.corpus($0, $1)) != nil }
    guard head.parts.contains(where: { part in Corpus.crawled.contains { isRewritten($0, part) } })
    else { return }
    var sample = LineSample(seed: head.seed, byteLimit: head.byteLimit)
    for part in head.parts {
      try sample.add(partOfCorpora: part) { isRewritten($0, part) ? staged.new : directory }
    }
    try SampledLines.write(&sample, of: head.parts, to: staged.path(relative))
    try staged.add(relative)
  }

  /// Writes a file of JSON Lines anew, where any of its values becomes another or goes.
  private func rewrite<Value: Codable>(
    _ relative: String, _ type: Value.Type, _ body: (Value) throws -> Value?
  ) throws {
    var reader = try JSONLinesReader<Value>(path: directory.path(relative))
    guard let staged else {
      while let value = try reader.next() { _ = try body(value) }
      return
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var writer = try JSONLinesWriter(path: staged.path(relative))
    var isChanged = false
    while let value = try reader.next() {
      let before = try json(value, encoder)
      let after = try body(value).map { try json($0, encoder) }
      if before != after { isChanged = true }
      if let after { try writer.write(line: after) }
    }
    guard isChanged else { return }
    try writer.commit()
    try staged.add(relative)
  }

  /// Documents have a writer of their own, whose bytes are those of the extract stage.
  private func json(_ value: some Encodable, _ encoder: JSONEncoder) throws -> Data {
    if let document = value as? InterleavedDocument { return Data(document.json) }
    return try encoder.encode(value)
  }
}

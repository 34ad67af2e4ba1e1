internal import Documents
internal import Sharding
internal import Tokenization

/// Takes out of token ids, features and shards what goes of the corpora.
struct TokenExcision {
  let directory: RunDirectory
  let corpora: CorpusExcision
  /// The images that no corpus shows any more.
  let gone: Set<Digest>
  private let vocabulary: Vocabulary?
  private let shape: ShardDescription?
  private var cuts: [DocumentID: DocumentCut] = [:]

  /// - Parameter shard: The path of a shard of interleaved documents; `nil` where there is none.
  init(
    directory: RunDirectory, corpora: CorpusExcision, gone: Set<Digest>, shard: String?
  ) throws {
    self.directory = directory
    self.corpora = corpora
    self.gone = gone
    shape = try shard.map { try Shard(path: $0).description }
    vocabulary =
      shape == nil
      ? nil : try Tokenizer(modelPath: directory.path(RunDirectory.tokenizer)).vocabulary
  }

  /// Writes the token ids of a part without what goes.
  ///
  /// - Returns: How many documents or pairs went; `nil` where the part holds nothing of it.
  mutating func rewriteTokens(_ corpus: Corpus, part: Int, to path: String?) throws -> Int? {
    let old = try TokenizedPart(path: directory.path(RunDirectory.tokens(corpus, part)))
    var writer = TokenizedPartWriter(corpus: corpus, tokenizer: old.tokenizer)
    var removed = 0
    var isChanged = false
    for index in 0..<old.count {
      let document = try old.document(at: index)
      if goes(document, of: corpus) {
        removed += 1
        isChanged = true
      } else if corpus == .interleaved, let images = corpora.cuts[document.id] {
        isChanged = true
        note(document, without: images)
        writer.add(document.removing(images: images))
      } else {
        writer.add(document)
      }
    }
    guard isChanged else { return nil }
    if let path { try writer.write(to: path) }
    return removed
  }

  private func goes(_ document: TokenizedDocument, of corpus: Corpus) -> Bool {
    guard corpus == .pairs else {
      return corpora.documents[corpus]?.contains(document.id) ?? false
    }
    return document.images.contains {
      corpora.pairs.contains(.init(document: document.id, image: $0))
    }
  }

  private mutating func note(_ document: TokenizedDocument, without images: Set<Int>) {
    guard let vocabulary, let shape else { return }
    cuts[document.id] = DocumentCut(
      document, without: images, vocabulary: vocabulary, latents: shape.latents,
      maximumLength: shape.maximumLength)
  }

  /// Writes the features of a part without images that are gone.
  ///
  /// - Returns: How many images went; `nil` where the part holds none of them.
  func rewriteFeatures(part: Int, to path: String?) throws -> Int? {
    let old = try FeaturePart(path: directory.path(RunDirectory.features(part)))
    let kept = old.images.filter { !gone.contains($0) }
    if kept.count == old.images.count { return nil }
    if let path {
      let writer = try FeaturePartWriter(path: path, images: kept, origin: old.origin)
      for image in kept {
        guard let features = old.features(of: image) else {
          preconditionFailure("an image of the part")
        }
        try writer.add(features)
      }
      try writer.commit()
    }
    return old.images.count - kept.count
  }

  /// What goes of the shards of a corpus; all its token ids must have been looked at.
  func excision(of corpus: Corpus) -> ShardExcision {
    var excision = ShardExcision()
    if corpus == .pairs {
      excision.pairs = corpora.pairs
    } else {
      excision.documents = corpora.documents[corpus] ?? []
    }
    if corpus == .interleaved { excision.cuts = cuts }
    return excision
  }
}

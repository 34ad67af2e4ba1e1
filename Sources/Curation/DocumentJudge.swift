import Documents

/// Applies the rules for whole documents to what the rules for single items left.
struct DocumentJudge {
  private let configuration: CurationConfiguration
  private let content: ContentSelection
  private let imageCount: Int
  /// What both corpora refuse a document for, beside its number of words.
  private let commonRefusal: Reason?

  init(
    configuration: CurationConfiguration, content: ContentSelection,
    language: PageLanguage.Verdict
  ) {
    self.configuration = configuration
    self.content = content
    imageCount = content.nodes.count - content.texts.count
    let spam = SpamText(thresholds: configuration.spam.document)
    commonRefusal = language.refusal ?? spam.refusal(of: content.prose)
  }

  func interleaved(_ document: InterleavedDocument) -> Decision<InterleavedDocument> {
    let rules = configuration.interleaved
    let sampling = SingleImageSampling(
      discard: rules.singleImageDiscard, seed: configuration.seed)
    let refusal =
      MinimumWords(words: rules.minimumWords).refusal(ofWords: content.words) ?? commonRefusal
      ?? InterspersedImages().refusal(ofImages: imageCount)
      ?? sampling.refusal(of: document.id, images: imageCount)
    return decision(refusal, document, nodes: content.nodes)
  }

  func text(
    _ document: InterleavedDocument, interleaved: Decision<InterleavedDocument>
  ) -> Decision<InterleavedDocument> {
    let rules = configuration.text
    var refusal =
      MinimumWords(words: rules.minimumWords).refusal(ofWords: content.words) ?? commonRefusal
    if refusal == nil, rules.excludesInterleaved, interleaved.value != nil {
      refusal = Reason(.inInterleavedCorpus)
    }
    return decision(refusal, document, nodes: content.texts.map(Node.text))
  }

  private func decision(
    _ refusal: Reason?, _ document: InterleavedDocument, nodes: [Node]
  ) -> Decision<InterleavedDocument> {
    if let refusal { return .dropped(refusal) }
    var kept = document
    kept.nodes = nodes
    return .kept(kept)
  }
}

import Documents

/// Applies the rules for whole documents to what the rules for single items left.
struct DocumentJudge {
  private let configuration: CurationConfiguration
  private let content: ContentSelection
  private let imageCount: Int
  private let quality: QualityRules
  private let prose: ProseText?
  /// Why no corpus takes anything of the page, if none does.
  private let pageRefusal: Reason?
  /// What both corpora refuse a document for, beside its number of words.
  private let commonRefusal: Reason?

  init(
    configuration: CurationConfiguration, content: ContentSelection,
    language: PageLanguage.Verdict, quality: QualityRules, pageRefusal: Reason?
  ) {
    self.configuration = configuration
    self.content = content
    imageCount = content.nodes.count - content.texts.count
    let spam = SpamText(thresholds: configuration.spam.document)
    self.quality = quality
    self.pageRefusal = pageRefusal
    let refusal =
      language.refusal ?? spam.refusal(of: content.prose) ?? content.proseRefusal
    prose = refusal == nil && pageRefusal == nil && quality.isOn ? ProseText(content.texts) : nil
    commonRefusal = refusal ?? prose.flatMap(quality.refusal)
  }

  func interleaved(_ document: InterleavedDocument) -> Decision<InterleavedDocument> {
    let rules = configuration.interleaved
    let sampling = SingleImageSampling(
      discard: rules.singleImageDiscard, seed: configuration.seed)
    let refusal =
      pageRefusal ?? tooFewWords(rules.minimumWords) ?? commonRefusal
      ?? InterspersedImages().refusal(ofImages: imageCount)
      ?? prose.flatMap { quality.omniCorpus.refusal(of: $0, images: imageCount) }
      ?? sampling.refusal(of: document.id, images: imageCount)
    return decision(refusal, document, nodes: content.nodes)
  }

  func text(
    _ document: InterleavedDocument, interleaved: Decision<InterleavedDocument>
  ) -> Decision<InterleavedDocument> {
    let rules = configuration.text
    var refusal =
      pageRefusal ?? tooFewWords(rules.minimumWords) ?? commonRefusal
      ?? prose.flatMap { quality.omniCorpus.refusal(of: $0, images: nil) }
    if refusal == nil, rules.excludesInterleaved, interleaved.value != nil {
      refusal = Reason(.inInterleavedCorpus)
    }
    return decision(refusal, document, nodes: content.texts.map(Node.text))
  }

  private func tooFewWords(_ least: Int) -> Reason? {
    MinimumWords(words: least).refusal(ofWords: content.words)
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

public import Documents

/// Makes the contributions of a page to the three corpora, by rules that each give their reason.
///
/// A curator is a pure function of the document, the images and the configuration.
public struct Curator: Sendable {
  /// The rules.
  public let configuration: CurationConfiguration
  private let boilerplate: BoilerplateCaption
  private let lists: CurationLists
  private let quality: QualityRules
  private let nodeShares: TextShares

  /// Makes a curator of checked rules; see ``CurationConfiguration/validate()``.
  ///
  /// - Parameter lists: What the files hold that the configuration names.
  public init(
    configuration: CurationConfiguration = .standard, lists: CurationLists = CurationLists()
  ) {
    self.configuration = configuration
    self.lists = lists
    quality = QualityRules(configuration: configuration, lists: lists)
    nodeShares = TextShares(
      limits: configuration.node, flaggedWords: lists.flaggedWords,
      spamWords: Set(configuration.spamWords))
    boilerplate = BoilerplateCaption(phrases: Set(configuration.pairs.boilerplate))
  }

  /// Curates one document.
  ///
  /// - Parameters:
  ///   - document: The page's text and images in reading order.
  ///   - resolve: Finds and checks an image's bytes, or says why it cannot; called at most once for
  ///     each image, in reading order.
  public func curate(
    _ extracted: InterleavedDocument,
    resolve: (ImageReference) -> Decision<ResolvedImage>
  ) -> CuratedPage {
    var document = extracted
    var masked = Tally()
    PersonalData(rules: configuration.pii).mask(&document, counting: &masked)
    let refusal =
      PageOptOut(honoured: configuration.optOuts).refusal(of: document)
      ?? lists.blockList.refusal(of: document.url)
    let content = ContentSelection(
      document, configuration: configuration, shares: nodeShares, resolve: resolve)
    let language = PageLanguage(rules: configuration.language).verdict(
      nodes: content.whole, images: document.images, declared: document.language)
    let judge = DocumentJudge(
      configuration: configuration, content: content, language: language, quality: quality,
      pageRefusal: refusal)
    let interleaved = judge.interleaved(document)
    let text = judge.text(document, interleaved: interleaved)
    let selection = PairSelection(
      configuration: configuration, language: language, boilerplate: boilerplate,
      pageRefusal: refusal)
    let pairs = selection.pairs(of: document, images: content.images)
    var counts = Self.counts(content, interleaved: interleaved, text: text, pairs: pairs)
    if masked.entered > 0 { counts[.personalData] = masked }
    return CuratedPage(
      id: document.id, language: language.language, interleaved: interleaved, text: text,
      pairs: pairs, droppedImages: content.droppedImages, droppedNodes: content.droppedNodes,
      counts: counts)
  }

  private static func counts(
    _ content: ContentSelection, interleaved: Decision<InterleavedDocument>,
    text: Decision<InterleavedDocument>, pairs: [CuratedPair]
  ) -> StageCounts {
    var counts = StageCounts()
    counts[.node].keep(content.texts.count)
    for item in content.droppedNodes { counts[.node].drop(item.reason.code) }
    counts[.image].keep(content.nodes.count - content.texts.count)
    for item in content.droppedImages { counts[.image].drop(item.reason.code) }
    if content.lines.entered > 0 { counts[.line] = content.lines }
    counts[.interleaved].count(interleaved)
    counts[.text].count(text)
    for pair in pairs { counts[.pair].count(pair.decision) }
    return counts
  }
}

extension Tally {
  /// Counts one decision.
  fileprivate mutating func count<Value>(_ decision: Decision<Value>) {
    switch decision {
    case .kept: keep()
    case .dropped(let reason): drop(reason.code)
    }
  }
}

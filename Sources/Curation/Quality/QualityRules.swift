import Documents

/// The rules that judge a document by all its prose, in the order they are asked.
struct QualityRules {
  private let gopher: GopherQuality
  private let repetition: GopherRepetition
  private let c4: C4Page
  private let fineWeb: FineWebQuality
  private let shares: TextShares
  /// The rule that counts images too.
  let omniCorpus: OmniCorpusQuality
  /// Whether any rule is on.
  let isOn: Bool

  init(configuration: CurationConfiguration, lists: CurationLists) {
    gopher = GopherQuality(limits: configuration.gopher)
    repetition = GopherRepetition(limits: configuration.repetition)
    c4 = C4Page(rules: configuration.c4)
    fineWeb = FineWebQuality(limits: configuration.fineWeb)
    shares = TextShares(
      limits: configuration.document, flaggedWords: lists.flaggedWords,
      spamWords: Set(configuration.spamWords))
    omniCorpus = OmniCorpusQuality(limits: configuration.omniCorpus)
    let c4 = configuration.c4
    isOn =
      configuration.gopher.isOn || configuration.repetition.isOn || configuration.fineWeb.isOn
      || configuration.document.isOn || configuration.omniCorpus.isOn
      || c4.minimumSentences != nil || c4.maximumSentences != nil
  }

  func refusal(of text: ProseText) -> Reason? {
    gopher.refusal(of: text) ?? repetition.refusal(of: text) ?? c4.refusal(of: text)
      ?? fineWeb.refusal(of: text) ?? shares.refusal(of: text)
  }
}

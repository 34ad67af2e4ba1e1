public import Documents

/// Every threshold of curation; the defaults are the rules of KOSMOS-1.
///
/// KOSMOS-1 (<https://arxiv.org/abs/2302.14045>, §3.1 and B.1) says which rules it has, and gives
/// figures for some of them only: English, 64 pixels, five images, half of the single-image documents.
/// Where it gives none the rule's own documentation names the source of the figure.
///
/// A key that is absent takes its default; `null` switches an optional rule off.
public struct CurationConfiguration: Hashable, Sendable {
  /// The seed of the sampling decisions.
  public var seed: UInt64 = 0
  /// Which languages are wanted, and how surely.
  public var language = LanguageRules()
  /// Which images are kept.
  public var images = ImageRules()
  /// Which texts are spam.
  public var spam = SpamRules()
  /// Which documents are kept in the interleaved corpus.
  public var interleaved = InterleavedRules()
  /// Which documents are kept in the text corpus.
  public var text = TextRules()
  /// Which captions make a pair with their image.
  public var pairs = PairRules()
  /// A file of domains and beginnings of URLs whose pages are dropped; see ``BlockList``.
  public var blockList: String?
  /// A file of flagged words, one a line; what ``ShareMeasure/maximumFlaggedWords`` counts.
  public var flaggedWords: String?
  /// Which opt-outs of a page keep it, its images included, out of all corpora; none by default.
  ///
  /// KOSMOS-1 had no such rule. `noai` and `tdm-reservation` are those that name the training of
  /// models.
  public var optOuts: [OptOut] = []
  /// Which personal data are masked.
  public var pii = PersonalDataRules()
  /// Which blocks of text are kept, headings and program code aside.
  public var node = Limits<ShareMeasure>()
  /// Which documents are kept, by the same measures.
  public var document = Limits<ShareMeasure>()
  /// Gopher's rules of quality.
  public var gopher = Limits<GopherMeasure>()
  /// Gopher's rules of repetition.
  public var repetition = Limits<RepetitionMeasure>()
  /// C4's rules.
  public var c4 = C4Rules()
  /// FineWeb's own rules.
  public var fineWeb = Limits<FineWebMeasure>()
  /// OmniCorpus's own rules.
  public var omniCorpus = Limits<OmniCorpusMeasure>()
  /// What ``ShareMeasure/maximumSpamWords`` counts, in lower case.
  public var spamWords = Self.obelicsSpamWords

  /// The default rules: those of KOSMOS-1, and OBELICS's for images that many pages show.
  public static let standard = CurationConfiguration()

  /// Makes the default rules.
  public init() {}
}

extension CurationConfiguration: Codable {
  private enum CodingKeys: String, CodingKey {
    case seed, language, images, spam, interleaved, text, pairs, blockList, flaggedWords, optOuts
    case pii, node, document, gopher, repetition, c4, fineWeb, omniCorpus, spamWords
  }

  /// Reads rules; those that are absent take their defaults.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try container.read(&seed, .seed)
    try container.read(&language, .language)
    try container.read(&images, .images)
    try container.read(&spam, .spam)
    try container.read(&interleaved, .interleaved)
    try container.read(&text, .text)
    try container.read(&pairs, .pairs)
    try container.read(&blockList, .blockList)
    try container.read(&flaggedWords, .flaggedWords)
    try container.read(&optOuts, .optOuts)
    try container.read(&pii, .pii)
    try container.read(&node, .node)
    try container.read(&document, .document)
    try container.read(&gopher, .gopher)
    try container.read(&repetition, .repetition)
    try container.read(&c4, .c4)
    try container.read(&fineWeb, .fineWeb)
    try container.read(&omniCorpus, .omniCorpus)
    try container.read(&spamWords, .spamWords)
  }

  /// Writes every rule, a rule that is off as `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(seed, forKey: .seed)
    try container.encode(language, forKey: .language)
    try container.encode(images, forKey: .images)
    try container.encode(spam, forKey: .spam)
    try container.encode(interleaved, forKey: .interleaved)
    try container.encode(text, forKey: .text)
    try container.encode(pairs, forKey: .pairs)
    try container.encode(blockList, forKey: .blockList)
    try container.encode(flaggedWords, forKey: .flaggedWords)
    try container.encode(optOuts, forKey: .optOuts)
    try container.encode(pii, forKey: .pii)
    try container.encode(node, forKey: .node)
    try container.encode(document, forKey: .document)
    try container.encode(gopher, forKey: .gopher)
    try container.encode(repetition, forKey: .repetition)
    try container.encode(c4, forKey: .c4)
    try container.encode(fineWeb, forKey: .fineWeb)
    try container.encode(omniCorpus, forKey: .omniCorpus)
    try container.encode(spamWords, forKey: .spamWords)
  }
}

extension CurationConfiguration {
  /// OBELICS's words of sharing buttons, log-ins and cookie notices, but for its "newletter", which
  /// no page has.
  public static let obelicsSpamWords = [
    "access", "account", "blogger", "bloggers", "click", "comment", "contact", "content", "cookie",
    "cookies", "download", "facebook", "flickr", "follow", "instagram", "interested", "licensed",
    "like", "list", "loading", "log", "logged", "mailing", "might", "newsletter", "password",
    "pinterest", "policy", "post", "privacy", "reddit", "share", "sign", "sign-up", "subscribe",
    "terms", "tweet", "twitter", "website", "youtube",
  ]
}

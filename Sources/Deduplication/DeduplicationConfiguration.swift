/// Which documents are duplicates of others, and of what.
public struct DeduplicationConfiguration: Hashable, Sendable, Codable {
  /// Whether one page is kept of those with the same normalised URL.
  public var url = true
  /// Whether one document is kept of those with the same words.
  public var text = true
  /// Which documents are nearly the same.
  public var near = NearDuplicateRules()
  /// Which text blocks are repeated all over a site.
  public var paragraphs = ParagraphRules()
  /// Which documents show the same images.
  public var images = ImageSetRules()

  /// Makes the default rules.
  public init() {}
}

/// Which documents are nearly the same, by MinHash and locality-sensitive hashing.
///
/// MinHash is by Broder (On the resemblance and containment of documents, 1997,
/// DOI 10.1109/SEQUEN.1997.666900). The defaults are FineWeb's
/// (<https://arxiv.org/abs/2406.17557>, §3.4): two documents of similarity s become candidates with a
/// probability of 1 − (1 − s^8)^14, which is 0.92 for s = 0.8 and 0.56 for s = 0.7.
public struct NearDuplicateRules: Hashable, Sendable, Codable {
  /// Whether near duplicates are looked for.
  public var enabled = true
  /// How many words make a shingle; a document of fewer words is compared by URL alone.
  public var shingle = 5
  /// How many bands a signature has; two documents that agree in one are candidates.
  public var bands = 14
  /// How many minima make a band.
  public var rows = 8
  /// Whether candidates are duplicates only if their shingles agree, which FineWeb takes for granted.
  public var verify = true
  /// The least share of two documents' distinct shingles that both have, for them to be duplicates.
  ///
  /// The bands find half of the pairs of a similarity of (1/14)^(1/8) ≈ 0.72; 0.7 takes what they find
  /// and leaves out candidates by chance.
  public var threshold = 0.7
  /// Below how many shingles two pages of one host are no near duplicates if they show no image in common;
  /// 0 for images never to tell them apart.
  ///
  /// The figure is weft's own: of the sample crawl's 54 near duplicates the four wrong ones were pages of 37
  /// to 55 shingles made from one template, each with a picture of its own.
  public var imagesTellBelow = 100

  /// Makes the default rules.
  public init() {}
}

/// Which text blocks are repeated all over a site, such as its licence.
public struct ParagraphRules: Hashable, Sendable, Codable {
  /// Whether such blocks are looked for.
  public var enabled = false
  /// The most pages of a host that may have a block; beyond, only the first keeps it.
  ///
  /// The figure is weft's own. OBELICS (<https://arxiv.org/abs/2306.16527>) removes all copies of a
  /// paragraph that a domain has twice, and with them what pages quote of each other.
  public var maximumPages = 3

  /// Makes the default rules.
  public init() {}
}

/// Which documents show the same images, whatever their text.
public struct ImageSetRules: Hashable, Sendable, Codable {
  /// Whether such documents are looked for.
  public var enabled = false
  /// The least number of distinct image URLs that must be the same; one is often the site's logo.
  public var minimumImages = 2

  /// Makes the default rules.
  public init() {}
}

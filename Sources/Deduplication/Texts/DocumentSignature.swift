public import Documents

/// What a document is compared by.
public struct DocumentSignature: Sendable {
  /// The identity of the document.
  public var id: DocumentID
  /// Which document of a cluster is kept: the one of the least rank, then of the least identity.
  public var rank: UInt32
  /// A hash of the normalised URL; 0 where there is none.
  public var url: UInt64
  /// A hash of the words; 0 where there are too few to tell.
  public var text: UInt64
  /// A hash of the set of image URLs; 0 where there are too few to tell.
  public var images: UInt64
  /// A hash of the host of the URL; 0 where there is none.
  public var host: UInt64
  /// Which images it shows, by ``imageMask(of:)``.
  public var imageMask: UInt64
  /// How many text blocks it has.
  public var texts: Int
  /// The shingles of the text.
  public var shingles: Shingles
  /// The bands of the text's signature; none where there are no shingles.
  public var bands: [UInt64]
  /// The text blocks that are compared with those of other pages of the host.
  public var paragraphs: [Paragraph]

  /// A text block of a document.
  public struct Paragraph: Hashable, Sendable {
    /// A hash of the host and the block's words.
    public var key: UInt64
    /// The place of the block among the document's nodes.
    public var node: UInt32

    /// Makes a block from its parts.
    public init(key: UInt64, node: UInt32) {
      self.key = key
      self.node = node
    }
  }

  /// Makes a signature from its parts.
  public init(
    id: DocumentID, rank: UInt32 = 0, url: UInt64 = 0, text: UInt64 = 0, images: UInt64 = 0,
    host: UInt64 = 0, imageMask: UInt64 = 0, texts: Int = 0,
    shingles: Shingles = Shingles(WordHashes(), length: 1), bands: [UInt64] = [],
    paragraphs: [Paragraph] = []
  ) {
    self.id = id
    self.rank = rank
    self.url = url
    self.text = text
    self.images = images
    self.host = host
    self.imageMask = imageMask
    self.texts = texts
    self.shingles = shingles
    self.bands = bands
    self.paragraphs = paragraphs
  }

  /// A hash of a text as it is, never 0.
  ///
  /// Of a hundred million texts two differ and have one hash with a probability of 0.0003.
  public static func hash(_ text: String) -> UInt64 {
    max(1, SeededHash.value(seed: 0, salt: "deduplication", id: text.utf8))
  }

  /// A bit for each image, by its URL: documents whose masks share none show no image in common.
  ///
  /// The reverse does not hold: two different images have the same bit with a probability of 1/64.
  public static func imageMask(of urls: some Sequence<String>) -> UInt64 {
    urls.reduce(0) { $0 | 1 << (hash($1) & 63) }
  }
}

public import Documents

/// What curation makes of one page: three corpora's decisions, and a reason for all that is left out.
public struct CuratedPage: Hashable, Sendable {
  /// The document's identity.
  public var id: DocumentID
  /// The ISO 639 code of the language found or declared, where there is one.
  public var language: String?
  /// The document for the interleaved corpus, its images resolved.
  public var interleaved: Decision<InterleavedDocument>
  /// The document for the text corpus, without images.
  public var text: Decision<InterleavedDocument>
  /// One pair for each image that the image rules keep, whether or not the interleaved corpus takes it.
  public var pairs: [CuratedPair]
  /// The images that the interleaved corpus does not take, in reading order.
  public var droppedImages: [DroppedItem]
  /// The text blocks that no corpus takes, in reading order.
  public var droppedNodes: [DroppedItem]
  /// How many images, text blocks, documents and pairs were judged, kept and dropped.
  ///
  /// Images and text blocks are counted by their own rules: those of a document that is dropped as a
  /// whole are kept here, and the document is dropped.
  public var counts: StageCounts
}

/// An image or a text block that was left out.
public struct DroppedItem: Hashable, Sendable {
  /// An image's place among the document's images; a text block's place among all nodes.
  public var ordinal: Int
  /// The path of the element.
  public var path: String
  /// Why it was left out.
  public var reason: Reason

  /// Makes a dropped item from its parts.
  public init(ordinal: Int, path: String, reason: Reason) {
    self.ordinal = ordinal
    self.path = path
    self.reason = reason
  }
}

/// What became of the pair of one image.
public struct CuratedPair: Hashable, Sendable {
  /// The image's place among the document's images.
  public var ordinal: Int
  /// The pair, or why there is none.
  public var decision: Decision<ImageTextPair>

  /// Makes a pair's outcome from its parts.
  public init(ordinal: Int, decision: Decision<ImageTextPair>) {
    self.ordinal = ordinal
    self.decision = decision
  }
}

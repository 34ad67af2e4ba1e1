import Documents

/// The images and text blocks of a document that the rules for single items keep.
struct ContentSelection {
  /// An image that the image rules keep.
  struct KeptImage {
    /// The place among the document's images.
    var ordinal: Int
    /// The image, resolved.
    var reference: ImageReference
    var resolved: ResolvedImage
  }

  /// The nodes of the interleaved document: the kept text blocks, and the images within the cap.
  private(set) var nodes: [Node] = []
  /// The kept text blocks.
  private(set) var texts: [TextNode] = []
  /// The images that the image rules keep, whatever the cap.
  private(set) var images: [KeptImage] = []
  private(set) var droppedImages: [DroppedItem] = []
  private(set) var droppedNodes: [DroppedItem] = []
  /// The words of all kept text blocks.
  private(set) var words = 0
  /// What the kept text blocks hold that are prose.
  private(set) var prose = TextMeasures()

  private let configuration: CurationConfiguration
  private var duplicates: DuplicateImages
  private var nearDuplicates: NearDuplicateImages

  init(
    _ document: InterleavedDocument, configuration: CurationConfiguration,
    resolve: (ImageReference) -> Decision<ResolvedImage>
  ) {
    self.configuration = configuration
    duplicates = DuplicateImages(isOn: configuration.images.dropsDuplicates)
    nearDuplicates = NearDuplicateImages(bits: configuration.images.nearDuplicateBits)
    var imageOrdinal = 0
    for (ordinal, node) in document.nodes.enumerated() {
      switch node {
      case .text(let text):
        select(text, ordinal: ordinal)
      case .image(let image):
        select(image, ordinal: imageOrdinal, resolve: resolve)
        imageOrdinal += 1
      }
    }
  }

  private mutating func select(_ node: TextNode, ordinal: Int) {
    let measures = TextMeasures(node.text)
    let spam = SpamText(thresholds: configuration.spam.node)
    let refusal =
      EmptyText().refusal(of: node.text) ?? (node.isProse ? spam.refusal(of: measures) : nil)
    if let refusal {
      droppedNodes.append(DroppedItem(ordinal: ordinal, path: node.path, reason: refusal))
      return
    }
    texts.append(node)
    nodes.append(.text(node))
    words += measures.words
    if node.isProse { prose.add(measures) }
  }

  private mutating func select(
    _ image: ImageReference, ordinal: Int, resolve: (ImageReference) -> Decision<ResolvedImage>
  ) {
    switch judge(image, resolve: resolve) {
    case .dropped(let reason):
      droppedImages.append(DroppedItem(ordinal: ordinal, path: image.path, reason: reason))
    case .kept(let resolved):
      var reference = image
      reference.resolved = resolved
      let cap = ImageCap(maximum: configuration.interleaved.maximumImages)
      if let reason = cap.refusal(afterKeeping: images.count) {
        droppedImages.append(DroppedItem(ordinal: ordinal, path: image.path, reason: reason))
      } else {
        nodes.append(.image(reference))
      }
      images.append(KeptImage(ordinal: ordinal, reference: reference, resolved: resolved))
    }
  }

  private mutating func judge(
    _ image: ImageReference, resolve: (ImageReference) -> Decision<ResolvedImage>
  ) -> Decision<ResolvedImage> {
    let rules = configuration.images
    if let reason = DecorativeURL(words: rules.urlWords).refusal(of: image) {
      return .dropped(reason)
    }
    let decision = resolve(image)
    guard case .kept(let resolved) = decision else { return decision }
    let refusal =
      AcceptedFormats(formats: rules.formats).refusal(of: resolved)
      ?? MinimumSide(pixels: rules.minimumSide).refusal(of: resolved)
      ?? MaximumSide(pixels: rules.maximumSide).refusal(of: resolved)
      ?? MaximumAspectRatio(ratio: rules.maximumAspectRatio).refusal(of: resolved)
      ?? SingleColour(isOn: rules.dropsSingleColour).refusal(of: resolved)
      ?? MaximumUnsafeScore(maximum: rules.maximumUnsafeScore).refusal(of: resolved)
      ?? RepeatedImage(maximumPages: rules.maximumPages).refusal(of: resolved)
      ?? duplicates.refusal(of: resolved) ?? nearDuplicates.refusal(of: resolved)
    return refusal.map { .dropped($0) } ?? decision
  }
}

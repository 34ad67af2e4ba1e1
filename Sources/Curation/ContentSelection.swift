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
  /// The text blocks before the rules of quality took blocks and lines out, as far as they are no spam:
  /// what is left of a page in another language can read like one in a wanted one.
  private(set) var whole: [TextNode] = []
  /// The images that the image rules keep, whatever the cap.
  private(set) var images: [KeptImage] = []
  private(set) var droppedImages: [DroppedItem] = []
  private(set) var droppedNodes: [DroppedItem] = []
  /// The words of all kept text blocks.
  private(set) var words = 0
  /// What the kept text blocks hold that are prose.
  private(set) var prose = TextMeasures()
  /// Why a block of prose makes the whole document be dropped, if one does.
  private(set) var proseRefusal: Reason?
  /// How many lines of prose were kept and taken out, where any rule takes lines out.
  private(set) var lines = Tally()

  private let configuration: CurationConfiguration
  private let shares: TextShares
  private var duplicates: DuplicateImages
  private var nearDuplicates: NearDuplicateImages

  init(
    _ document: InterleavedDocument, configuration: CurationConfiguration, shares: TextShares,
    resolve: (ImageReference) -> Decision<ResolvedImage>
  ) {
    self.configuration = configuration
    self.shares = shares
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

  private mutating func select(_ extracted: TextNode, ordinal: Int) {
    var node = extracted
    if let refusal = judge(&node) {
      droppedNodes.append(DroppedItem(ordinal: ordinal, path: node.path, reason: refusal))
      return
    }
    let measures = TextMeasures(node.text)
    texts.append(node)
    nodes.append(.text(node))
    words += measures.words
    if node.isProse { prose.add(measures) }
  }

  /// Judges a block, and takes lines out of it.
  private mutating func judge(_ node: inout TextNode) -> Reason? {
    if let reason = EmptyText().refusal(of: node.text) { return reason }
    guard node.isProse else {
      whole.append(node)
      return nil
    }
    let page = C4Page(rules: configuration.c4)
    proseRefusal = proseRefusal ?? page.refusal(ofBlock: node.text)
    let spam = SpamText(thresholds: configuration.spam.node)
    if let reason = spam.refusal(of: TextMeasures(node.text)) { return reason }
    whole.append(node)
    if configuration.c4.editsLines, let reason = takeLines(of: &node) { return reason }
    // A heading of two words is no scrap.
    return shares.limits.isOn && node.kind != .heading
      ? shares.refusal(of: ProseText([node])) : nil
  }

  /// Takes lines out of a block; a block without lines is dropped for the reason of its first.
  private mutating func takeLines(of node: inout TextNode) -> Reason? {
    let rest = C4Lines(rules: configuration.c4).remainder(of: node.text)
    lines.keep(rest.kept)
    for reason in rest.dropped { lines.drop(reason.code) }
    node.text = rest.text
    return rest.kept == 0 ? rest.dropped.first : nil
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
      ?? BoilerplateImage(maximumPages: rules.maximumPages).refusal(of: resolved)
      ?? duplicates.refusal(of: resolved) ?? nearDuplicates.refusal(of: resolved)
    return refusal.map { .dropped($0) } ?? decision
  }
}

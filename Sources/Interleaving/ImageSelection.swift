import Documents
import HTMLTree
import WebAddress

/// Which images of a page are content, and why the others are not.
struct ImageSelection {
  /// An image of the content.
  struct Kept {
    var site: ImageSite
    var reference: ImageReference
  }

  private(set) var kept: [Kept] = []
  private(set) var dropped: [(node: Int, reason: Reason)] = []

  private let page: Page
  private let base: WebURL?
  /// Bytes of text and of kept text, by element, captions left out: they go with their image and say
  /// nothing of whether it is content.
  private let text: [Float]
  private let keptText: [Float]
  private var repeats: RepeatedImages
  /// Images that stand at a better place further down.
  private var moved: Set<Int> = []
  private var paths: ElementPaths
  private let firstKept: Int
  private let lastKept: Int

  /// The least text, in bytes, by which an element tells whether its images are content.
  private static let tellingText: Float = 150
  private static let promotion: Surroundings = [
    .dialog, .shareWord, .advertisementWord, .consentWord,
  ]
  /// The least text, in bytes, of a card that leads to another page.
  private static let cardText: Float = 12
  /// How many blocks before the first that is kept an image of the content may stand.
  private static let lead = 12

  init(_ page: Page, _ content: ContentSelection, base: WebURL?) {
    self.page = page
    self.base = base
    (text, keptText) = Self.text(page, content)
    repeats = RepeatedImages(tree: page.tree)
    paths = ElementPaths(tree: page.tree)
    firstKept = content.isKept.firstIndex(of: true) ?? 0
    lastKept = content.isKept.lastIndex(of: true) ?? -1
    var previous: ImageSite?
    for site in page.segments.images {
      add(site, after: previous)
      previous = site
    }
    dropped += kept.filter { moved.contains($0.site.node) }
      .map { ($0.site.node, Reason(.repeatedImage)) }
    kept.removeAll { moved.contains($0.site.node) }
  }

  private static func text(
    _ page: Page, _ content: ContentSelection
  ) -> (all: [Float], kept: [Float]) {
    var all = [Float](repeating: 0, count: max(page.tree.nodes.count, 1))
    var kept = all
    for (index, block) in page.segments.blocks.enumerated() where !Captions.isCaption(block, page) {
      all[block.element] += Float(block.text.count)
      if content.isKept[index] { kept[block.element] += Float(block.text.count) }
    }
    for index in stride(from: page.tree.nodes.count - 1, to: 0, by: -1) {
      let parent = page.tree.nodes[index].parent
      guard parent >= 0 else { continue }
      all[parent] += all[index]
      kept[parent] += kept[index]
    }
    return (all, kept)
  }

  private mutating func add(_ site: ImageSite, after previous: ImageSite?) {
    let decision = decide(site)
    // What a page shows readers without scripts is the image itself; the element before it mostly
    // holds a blurred or empty stand-in.
    if site.isFallback, let previous, previous.block == site.block, !previous.isFallback {
      guard case .kept(var reference) = decision else {
        return dropped.append((site.node, Reason(.fallbackImage)))
      }
      while let last = kept.last, last.site.block == site.block,
        last.site.node == previous.node
          || self.frame(of: last.site.node) == self.frame(of: site.node)
      {
        reference.caption = last.reference.caption ?? reference.caption
        dropped.append((last.site.node, Reason(.fallbackImage)))
        kept.removeLast()
      }
      return kept.append(Kept(site: site, reference: reference))
    }
    switch decision {
    case .kept(let reference):
      kept.append(Kept(site: site, reference: reference))
    case .dropped(let reason): dropped.append((site.node, reason))
    }
  }

  private mutating func decide(_ site: ImageSite) -> Decision<ImageReference> {
    if let reason = faultOfPlace(site) { return .dropped(reason) }
    guard let address = ImageSources.address(of: site.node, page.tree) else {
      return .dropped(Reason(.noImageAddress))
    }
    guard let url = WebURL(parsing: address, base: base),
      url.scheme == "http" || url.scheme == "https" || url.scheme == "data"
    else { return .dropped(Reason(.badImageAddress, detail: String(address.prefix(200)))) }
    if let fault = ImageRules.fault(site.node, url: url, page.tree, page.outline) {
      return .dropped(fault)
    }
    let isAboveText = site.block <= firstKept
    if isAboveText, leadsHome(site.node) { return .dropped(Reason(.ornament)) }
    let serialized = url.serialized
    switch repeats.find(site.node, address: serialized, isAboveText: isAboveText) {
    case .new: break
    case .repeated: return .dropped(Reason(.repeatedImage))
    case .betterPlace(let first): moved.insert(first)
    }
    let size = ImageSources.declaredSize(of: site.node, page.tree)
    return .kept(
      ImageReference(
        url: serialized, alt: attribute(.alt, of: site.node),
        caption: Captions.caption(of: site, page), width: size.width, height: size.height,
        path: paths.path(of: site.node)))
  }

  /// Whether an image is a link to a site's first page, as its logo is.
  private func leadsHome(_ node: Int) -> Bool {
    var at = page.tree.nodes[node].parent
    for _ in 0..<3 where at >= 0 {
      if page.tree.nodes[at].tag == .a {
        guard let target = page.tree.attribute(.href, of: at),
          let url = WebURL(parsing: target, base: base)
        else { return false }
        return url.isSpecial && url.path == "/" && url.query == nil && !target.hasPrefix("#")
      }
      at = page.tree.nodes[at].parent
    }
    return false
  }

  private func attribute(_ name: AttributeName, of node: Int) -> String? {
    guard let bytes = page.tree.attributeBytes(name, of: node) else { return nil }
    var collapsed = CollapsedText()
    collapsed.append(bytes.prefix(4096))
    let text = String(decoding: collapsed.bytes, as: UTF8.self)
    return text.isEmpty ? nil : text
  }

  /// Why an image's place is no place of content, `nil` where it is one.
  ///
  /// The nearest element around it that has text of its own decides for an image within a link, which
  /// is mostly the head of a card that leads elsewhere; for others it takes an element with more.
  private func faultOfPlace(_ site: ImageSite) -> Reason? {
    guard site.block >= firstKept - Self.lead, site.block <= lastKept + 1 else {
      let distance = site.block < firstKept ? firstKept - site.block : site.block - lastKept
      return Reason(.outsideContent, measured: Double(distance), detail: "blocks from the content")
    }
    let frame = frame(of: site.node)
    var isLinked = false
    var at = site.node
    var steps = 0
    while at >= 0 {
      let own = page.outline.own[at]
      if steps < 4 {
        if own.contains(.navigation) { return Reason(.navigation) }
        if !own.isDisjoint(with: Self.promotion) { return Reason(.promotion) }
        if own.contains(.link) { isLinked = true }
      }
      let text = text[at]
      // The head of an article holds its first picture beside what is no content, such as its date.
      if at < frame, text > 0, !own.contains(.header) {
        if keptText[at] == 0, isCard(at, own, isLinked: isLinked) {
          return Reason(.outsideContent, measured: 0, threshold: 0.5)
        }
        if text >= Self.tellingText {
          let share = Double((keptText[at] / text * 1000).rounded()) / 1000
          return share >= 0.5 ? nil : Reason(.outsideContent, measured: share, threshold: 0.5)
        }
      }
      at = page.tree.nodes[at].parent
      steps += 1
    }
    return nil
  }

  /// Whether an element without kept text stands apart from the content around it.
  private func isCard(_ element: Int, _ own: Surroundings, isLinked: Bool) -> Bool {
    if !own.isDisjoint(with: [.aside, .footer]) { return true }
    let text = page.features.containers.text[element]
    let links = page.features.containers.links[element]
    return text >= Self.cardText && (isLinked || links > 0.5 * text)
  }

  /// The element that frames an image with its caption and credits, which say nothing of whether it
  /// is content; the image itself where it has none.
  private func frame(of node: Int) -> Int {
    var frame = node
    var at = page.tree.nodes[node].parent
    var steps = 0
    while at >= 0, steps < 6 {
      let own = page.outline.own[at]
      let text = page.features.containers.text[at]
      if own.contains(.figure) || (own.contains(.captionWord) && text < 600) { frame = at }
      at = page.tree.nodes[at].parent
      steps += 1
    }
    return frame
  }
}

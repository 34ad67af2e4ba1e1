import Documents
import HTMLTree
import WebAddress

/// Rules that tell a picture from a page's ornaments, by what the page says of it.
enum ImageRules {
  /// The least side, in CSS pixels, of a declared size: KOSMOS-1 takes images of at least 64 × 64.
  static let leastSide = 64

  /// A picture declared at least this wide and high, in CSS pixels, is no ornament whatever its name:
  /// articles show logos and badges as pictures.
  private static let pictureSide = 128

  /// Words of an address's path, an alternative text or a class that name ornaments.
  private static let ornaments: Set<String> = [
    "logo", "logos", "icon", "icons", "favicon", "avatar", "avatars", "gravatar", "sprite",
    "sprites",
    "spacer", "blank", "emoji", "emojis", "emoticon", "smiley", "smilies", "button", "btn", "badge",
    "bullet", "arrow", "divider", "separator", "loader", "loading", "spinner", "placeholder",
    "captcha", "rating", "stars", "subscribe",
  ]

  /// Words of a host or path that name counters of readers.
  private static let trackers = ByteNeedles([
    "doubleclick.", "/pixel", "pixel.", "facebook.com/tr", "google-analytics.",
    "scorecardresearch.",
    "stats.wp.com", "/beacon", "analytics.", "quantserve.", "adsystem.", "bat.bing.", "/track/",
    "counter.", "feedburner.com/~r", "feedsportal.", "imrworldwide.", "p.typekit.", "adserver",
    "adnxs.", "adform.", "criteo.", "/count.gif",
  ])

  /// Why an image is no picture, `nil` where nothing says so.
  static func fault(
    _ node: Int, url: WebURL, _ tree: HTMLTree, _ outline: Outline
  ) -> Reason? {
    let size = ImageSources.declaredSize(of: node, tree)
    // Pages that size images by style sheets write 0.
    if let side = [size.width, size.height].compactMap({ $0 }).filter({ $0 > 0 }).min() {
      if side <= 2 { return Reason(.tracker, measured: Double(side), threshold: 3) }
      if side < leastSide {
        return Reason(.tooSmallDeclared, measured: Double(side), threshold: Double(leastSide))
      }
    }
    if url.scheme == "data" {
      return url.path.hasPrefix("image/svg") ? Reason(.vectorImage) : nil
    }
    if trackers.occur(in: ((url.host ?? "") + url.path).utf8) { return Reason(.tracker) }
    let isPicture = min(size.width ?? 0, size.height ?? 0) >= pictureSide
    if !isPicture, namesOrnament(url, node, tree, outline) { return Reason(.ornament) }
    return url.path.lowercased().hasSuffix(".svg") ? Reason(.vectorImage) : nil
  }

  private static func namesOrnament(
    _ url: WebURL, _ node: Int, _ tree: HTMLTree, _ outline: Outline
  ) -> Bool {
    if outline.own[node].contains(.logoWord) || isAdmonition(node, tree) { return true }
    let parent = tree.nodes[node].parent
    if parent >= 0, outline.own[parent].contains(.logoWord) { return true }
    // The directories of an address are often a site's own; its last two parts name the image.
    let parts = url.path.utf8.split(separator: UInt8(ascii: "/")).suffix(2)
    return words(of: parts.joined(separator: [UInt8(ascii: "/")])).contains {
      ornaments.contains($0)
    }
  }

  /// Whether an image is the sign beside a note or warning, which DocBook describes as `[Note]`.
  private static func isAdmonition(_ node: Int, _ tree: HTMLTree) -> Bool {
    guard let alt = tree.attributeBytes(.alt, of: node), 3...16 ~= alt.count else { return false }
    return alt.first == UInt8(ascii: "[") && alt.last == UInt8(ascii: "]")
  }

  /// The words of a file's name in lower case, parted by anything but letters and by capitals:
  /// `siteLogo-2x.png` has `site`, `logo`, `x` and `png`.
  private static func words(of name: some Sequence<UInt8>) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var afterSmall = false
    for byte in name {
      let isCapital = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
      let isSmall = UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
      if !isSmall, !word.isEmpty, !isCapital || afterSmall {
        words.append(String(decoding: word, as: UTF8.self))
        word = []
      }
      if isCapital || isSmall { word.append(byte | 32) }
      afterSmall = isSmall
    }
    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }
}

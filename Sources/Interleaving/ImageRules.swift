import Documents
import HTMLTree
import WebAddress

/// Rules that tell a picture from a page's ornaments, by what the page says of it.
enum ImageRules {
  /// The least side, in CSS pixels, of a declared size: KOSMOS-1 takes images of at least 64 × 64.
  static let leastSide = 64

  /// Words of an address's path, an alternative text or a class that name ornaments.
  private static let ornaments: Set<String> = [
    "logo", "logos", "icon", "icons", "favicon", "avatar", "avatars", "gravatar", "sprite",
    "sprites",
    "spacer", "blank", "emoji", "emojis", "emoticon", "smiley", "smilies", "button", "btn", "badge",
    "bullet", "arrow", "divider", "separator", "loader", "loading", "spinner", "placeholder",
    "captcha", "rating", "stars",
  ]

  /// Words of a host or path that name counters of readers.
  private static let trackers = ByteNeedles([
    "doubleclick.", "/pixel", "pixel.", "facebook.com/tr", "google-analytics.",
    "scorecardresearch.",
    "stats.wp.com", "/beacon", "analytics.", "quantserve.", "adsystem.", "bat.bing.", "/track/",
    "counter.", "feedburner.com/~r", "feedsportal.", "imrworldwide.", "p.typekit.",
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
    if namesOrnament(url, node, tree, outline) { return Reason(.ornament) }
    return url.path.lowercased().hasSuffix(".svg") ? Reason(.vectorImage) : nil
  }

  private static func namesOrnament(
    _ url: WebURL, _ node: Int, _ tree: HTMLTree, _ outline: Outline
  ) -> Bool {
    if outline.own[node].contains(.logoWord) { return true }
    let parent = tree.nodes[node].parent
    if parent >= 0, outline.own[parent].contains(.logoWord) { return true }
    // The directories of an address are often a site's own; its last two parts name the image.
    let parts = url.path.utf8.split(separator: UInt8(ascii: "/")).suffix(2)
    return parts.joined(separator: [UInt8(ascii: "/")])
      .split { !(UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 32) }
      .contains { ornaments.contains(String(decoding: $0, as: UTF8.self).lowercased()) }
  }
}

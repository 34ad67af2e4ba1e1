import HTMLTree

/// The addresses an image element offers, and which of them is the image.
enum ImageSources {
  /// The largest side, in CSS pixels, of an image that is part of a line of text.
  private static let tinySide = 32
  /// The width, in pixels, that the best of several candidates comes nearest to from above.
  static let preferredWidth = 1024.0

  /// The most children of a `picture` that are looked at for each of its images.
  private static let maximumSources = 64

  /// Whether an element outside HTML's names shows an image.
  static func isImage(_ node: Int, _ tree: HTMLTree) -> Bool {
    guard tree.nodes[node].tag == .other else { return tree.nodes[node].tag == .img }
    let name = tree.bytes(of: node)
    return name.elementsEqual("amp-img".utf8) || name.elementsEqual("image".utf8)
  }

  /// Whether a figure's image is there only as the address by which linked data knows it
  /// (`itemid`, HTML Standard 5.2.4), a script having yet to add its element.
  static func isFigureToBe(_ node: Int, _ tree: HTMLTree) -> Bool {
    guard tree.nodes[node].tag == .figure, let address = tree.attribute(.itemid, of: node),
      isImageFile(address)
    else { return false }
    return !(node + 1..<tree.nodes[node].end).contains { isImage($0, tree) }
  }

  /// Whether an image is declared no larger than a letter or an icon.
  static func isTiny(_ node: Int, _ tree: HTMLTree) -> Bool {
    let size = declaredSize(of: node, tree)
    guard let side = size.width ?? size.height else { return false }
    return max(side, size.height ?? side) <= tinySide
  }

  /// The address of an element's image as the page writes it, `nil` where it has none.
  ///
  /// `src` is the image unless a stand-in is there until the image is loaded; then it is one of the
  /// attributes that loading scripts read, the best candidate of `srcset`, or that of the `source`
  /// elements of a `picture`.
  static func address(of node: Int, _ tree: HTMLTree) -> String? {
    if tree.nodes[node].tag == .figure { return tree.attribute(.itemid, of: node) }
    let source = tree.attribute(.src, of: node).flatMap(nonEmpty)
    let isLazy = tree.attribute(.class, of: node)?.lowercased().contains("lazy") ?? false
    let isStandIn = source.map(StandIn.isStandIn) ?? true
    if let source, !isStandIn, !isLazy { return source }
    if let late = lateAddress(of: node, tree) { return late }
    if let source, !isStandIn { return source }
    if let set = tree.attribute(.srcset, of: node),
      let best = SourceSet.best(set, sizes: tree.attribute(.sizes, of: node))
    {
      return best
    }
    return pictureAddress(of: node, tree) ?? source.flatMap { StandIn.isBlank($0) ? nil : $0 }
  }

  private static func nonEmpty(_ text: String) -> String? {
    let isBlank = text.utf8.allSatisfy { $0 <= 0x20 }
    return isBlank ? nil : text
  }

  /// Names of the attributes that scripts for late loading read, the commonest first.
  private static let lateNames = [
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-hi-res-src", "data-full-src",
    "data-large-file", "data-image", "data-img-src", "data-url", "data-original-src",
    "data-actualsrc", "data-echo", "data-baseurl", "data-pin-media", "lazy-src", "lowsrc",
  ]

  private static func lateAddress(of node: Int, _ tree: HTMLTree) -> String? {
    let others = tree.otherAttributes(of: node)
    for name in lateNames {
      if let found = others.first(where: { $0.name == name }), let value = nonEmpty(found.value),
        !StandIn.isStandIn(value), !value.utf8.contains(UInt8(ascii: "{"))
      {
        return value
      }
    }
    for (name, value) in others where name.hasSuffix("srcset") {
      if let best = SourceSet.best(value, sizes: nil) { return best }
    }
    return others.first { isImageFile($0.value) && !StandIn.isStandIn($0.value) }?.value
  }

  /// Whether a value of any attribute can be nothing but an image's address.
  private static func isImageFile(_ value: String) -> Bool {
    guard value.utf8.count < 2048, value.utf8.contains(UInt8(ascii: "/")),
      !value.utf8.contains(where: { $0 <= 0x20 || "{}[]\"<>".utf8.contains($0) })
    else { return false }
    let path = value.prefix { $0 != "?" && $0 != "#" }.lowercased()
    return [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"].contains { path.hasSuffix($0) }
  }

  private static func pictureAddress(of node: Int, _ tree: HTMLTree) -> String? {
    let parent = tree.nodes[node].parent
    guard parent >= 0, tree.nodes[parent].tag == .picture else { return nil }
    for child in tree.children(of: parent).prefix(maximumSources)
    where tree.nodes[child].tag == .source {
      if let set = tree.attribute(.srcset, of: child),
        let best = SourceSet.best(set, sizes: tree.attribute(.sizes, of: child))
      {
        return best
      }
      if let late = lateAddress(of: child, tree) { return late }
    }
    return nil
  }

  /// The width and height an element declares, in CSS pixels.
  static func declaredSize(of node: Int, _ tree: HTMLTree) -> (width: Int?, height: Int?) {
    (pixels(.width, node, tree), pixels(.height, node, tree))
  }

  private static func pixels(_ name: AttributeName, _ node: Int, _ tree: HTMLTree) -> Int? {
    guard let bytes = tree.attributeBytes(name, of: node) else { return nil }
    var value = 0
    var digits = 0
    for byte in bytes {
      if byte <= 0x20, digits == 0 { continue }
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte, digits < 6 else {
        // A percentage is no size.
        if byte == UInt8(ascii: "%") { return nil }
        break
      }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      digits += 1
    }
    return digits > 0 ? value : nil
  }
}

internal import CHTML
public import Documents

/// A page as a flat tree: its elements and runs of text in document order.
///
/// A subtree is the run of nodes from its root up to the root's ``Node/end``, so the tree is read by
/// index and without recursion. Scripts but for linked data, style sheets, comments and vector graphics are not in it,
/// nor are attributes that no reader of the tree asks for.
public struct HTMLTree: Sendable {
  /// One element or one run of text.
  public struct Node: Sendable {
    /// What the node is.
    public let tag: Tag
    /// The index of the element that holds the node; -1 for a root.
    public let parent: Int
    /// The index after the last node of the subtree.
    public let end: Int
    /// A run of text, or the name of an element that is ``Tag/other``, in the tree's text.
    let text: Range<Int>
    /// The element's attributes among the tree's.
    @usableFromInline let attributes: Range<Int>
  }

  /// One attribute, its name and value being ranges of the tree's text.
  @usableFromInline
  struct Attribute: Sendable {
    @usableFromInline let name: AttributeName
    let otherName: Range<Int>
    @usableFromInline let value: Range<Int>
  }

  /// Which bounds a page broke; what lay beyond them is not in its tree.
  public struct Excess: OptionSet, Sendable {
    /// The union of the cases.
    public let rawValue: UInt32
    /// Makes a set from its raw value.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// Elements too deep to be recorded; their text is still there.
    public static let depth = Excess(rawValue: 1)
    /// Too many nodes: the rest of the page is missing.
    public static let nodes = Excess(rawValue: 2)
    /// Too many attributes: the last of them are missing.
    public static let attributes = Excess(rawValue: 4)
    /// Too much text: the rest of the page is missing.
    public static let text = Excess(rawValue: 8)
    /// Too many misplaced end tags: the rest of the page is missing.
    public static let misnesting = Excess(rawValue: 16)

    /// Whether the end of the page is missing.
    public var isCut: Bool { !isDisjoint(with: [.nodes, .text, .misnesting]) }
  }

  /// The nodes in document order.
  public let nodes: [Node]
  @usableFromInline let attributes: [Attribute]
  /// All text, names and attribute values, as well-formed UTF-8.
  @usableFromInline let text: [UInt8]
  /// The encoding that the page was decoded from.
  public let encoding: Encoding
  /// The bounds that the page broke.
  public let excess: Excess
}

extension HTMLTree {
  /// Parses a page.
  ///
  /// The encoding is found by the HTML Standard: byte order mark, the `charset` of `contentType`,
  /// the page's own declaration, then detection. Malformed bytes become U+FFFD.
  public static func parse(
    _ bytes: [UInt8], contentType: String? = nil, limits: TreeLimits = TreeLimits()
  ) -> Decision<HTMLTree> {
    guard bytes.count <= limits.bytes else {
      return .dropped(
        Reason(.pageTooLarge, measured: Double(bytes.count), threshold: Double(limits.bytes)))
    }
    let (text, encoding) = decode(bytes, contentType: contentType)
    var tree = CHTML_Tree()
    let isWhole = text.withUnsafeBufferPointer { text in
      guard let start = text.baseAddress else { return true }
      return CHTML_parse(start, text.count, limits.values, &tree)
    }
    guard isWhole else { return .dropped(Reason(.outOfMemory)) }
    defer { CHTML_free(&tree) }
    return .kept(HTMLTree(tree, encoding: encoding))
  }

  /// Decodes a page to well-formed UTF-8, as ``parse(_:contentType:limits:)`` does.
  package static func decode(
    _ bytes: [UInt8], contentType: String?
  ) -> (text: ArraySlice<UInt8>, encoding: Encoding) {
    let found = EncodingSniffer.sniff(bytes[...], contentType: contentType)
    if found.isUTF8 { return (bytes[...], found.encoding) }
    let text = Decoder.decode(bytes.dropFirst(found.markLength), as: found.encoding)
    return (text, found.encoding)
  }

  private init(_ tree: CHTML_Tree, encoding: Encoding) {
    let tags = Tag.allCases
    let names = AttributeName.allCases
    nodes = UnsafeBufferPointer(start: tree.nodes, count: Int(tree.nodeCount)).map { node in
      let text = Int(node.textOffset)
      let attributes = Int(node.attributeOffset)
      return Node(
        tag: tags[Int(node.tag)], parent: Int(node.parent), end: Int(node.end),
        text: text..<text + Int(node.textLength),
        attributes: attributes..<attributes + Int(node.attributeCount))
    }
    let raw = UnsafeBufferPointer(start: tree.attributes, count: Int(tree.attributeCount))
    attributes = raw.map { attribute in
      let name = Int(attribute.nameOffset)
      let value = Int(attribute.valueOffset)
      return Attribute(
        name: names[Int(attribute.name)], otherName: name..<name + Int(attribute.nameLength),
        value: value..<value + Int(attribute.valueLength))
    }
    text = Array(UnsafeBufferPointer(start: tree.text, count: Int(tree.textCount)))
    self.encoding = encoding
    excess = Excess(rawValue: tree.excess)
  }
}

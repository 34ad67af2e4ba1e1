extension HTMLTree {
  /// The bytes of a run of text; the name of an element that is ``Tag/other``.
  public func bytes(of node: Int) -> ArraySlice<UInt8> { text[nodes[node].text] }

  /// The text of a run of text.
  public func string(of node: Int) -> String { String(decoding: bytes(of: node), as: UTF8.self) }

  /// The name of an element.
  public func name(of node: Int) -> String {
    switch nodes[node].tag {
    case .other: string(of: node)
    case let tag: tag.name
    }
  }

  /// The bytes of an attribute's value, `nil` where the element has no such attribute.
  public func attributeBytes(_ name: AttributeName, of node: Int) -> ArraySlice<UInt8>? {
    for attribute in attributes[nodes[node].attributes] where attribute.name == name {
      return text[attribute.value]
    }
    return nil
  }

  /// An attribute's value, `nil` where the element has no such attribute.
  public func attribute(_ name: AttributeName, of node: Int) -> String? {
    attributeBytes(name, of: node).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Calls a function with the name and value of each attribute of an element, in page order.
  @inlinable
  public func forEachAttribute(
    of node: Int, _ body: (AttributeName, ArraySlice<UInt8>) -> Void
  ) {
    for attribute in attributes[nodes[node].attributes] {
      body(attribute.name, text[attribute.value])
    }
  }

  /// The attributes of an image whose names are not among ``AttributeName``, in page order.
  public func otherAttributes(of node: Int) -> [(name: String, value: String)] {
    attributes[nodes[node].attributes].filter { $0.name == .other }.map {
      (
        String(decoding: text[$0.otherName], as: UTF8.self),
        String(decoding: text[$0.value], as: UTF8.self)
      )
    }
  }

  /// The children of an element, in document order.
  public func children(of node: Int) -> Children {
    Children(tree: self, from: node + 1, to: nodes[node].end)
  }

  /// A sequence of the children of one element.
  public struct Children: Sequence, IteratorProtocol {
    private let tree: HTMLTree
    private var at: Int
    private let end: Int

    init(tree: HTMLTree, from start: Int, to end: Int) {
      self.tree = tree
      at = start
      self.end = end
    }

    /// The next child's index.
    public mutating func next() -> Int? {
      guard at < end else { return nil }
      defer { at = tree.nodes[at].end }
      return at
    }
  }
}

extension Tag {
  /// The names by raw value: asking the runtime for the name of a case takes a microsecond.
  private static let names = allCases.map { tag in
    switch tag {
    case .other: ""
    case .text: "#text"
    default: String(describing: tag)
    }
  }

  /// The element's name; `#text` for text, empty for ``other``.
  public var name: String { Self.names[Int(rawValue)] }
}

public import Documents
public import Provenance

/// A document node by node, with what became of each.
public struct AnnotatedDocument: Hashable, Sendable {
  /// A node, and what became of it.
  public struct Item: Hashable, Sendable {
    /// The node as a corpus holds it, or else as it was extracted.
    public var node: Node
    /// Whether the corpus holds it.
    public var isKept: Bool
    /// Whether the corpus holds it otherwise than it was extracted.
    public var isChanged: Bool
    /// Why it, or a part of it, went no further.
    public var decisions: [StageDecision]
  }

  /// The document's row, its corpora, its runs of tokens and all decisions on it.
  public var view: DocumentView
  /// The nodes in the order of the page.
  public var items: [Item]
  /// The decisions that are of no single node.
  public var others: [StageDecision]
}

extension InspectedRun {
  /// A document with what became of each of its nodes.
  ///
  /// - Throws: ``InspectionError`` where the run has no such document.
  public func annotated(_ id: DocumentID, corpus: Corpus? = nil) throws -> AnnotatedDocument {
    let view = try document(id, corpus: corpus)
    let extracted = try extracted(id)
    return AnnotatedDocument(view, extracted: extracted?.nodes ?? view.document?.nodes ?? [])
  }
}

extension AnnotatedDocument {
  /// Puts the nodes of a corpus and those that were extracted side by side.
  ///
  /// Curation takes nodes out and changes text but keeps their order, so the kept ones are found by
  /// going along both lists once.
  init(_ view: DocumentView, extracted: [Node]) {
    self.view = view
    var kept = (view.document?.nodes ?? [])[...]
    var decisions = Dictionary(grouping: view.decisions) { $0.decision.path ?? "" }
    items = []
    for node in extracted {
      let isKept = kept.first.map { $0.path == node.path && $0.isImage == node.isImage } ?? false
      let shown = isKept ? kept.removeFirst() : node
      // A path with several nodes tells its reasons at the first that was dropped.
      let reasons =
        isKept && !Self.mayBePartly(shown) ? [] : decisions.removeValue(forKey: node.path)
      items.append(
        Item(
          node: shown, isKept: isKept, isChanged: isKept && !Self.areSame(shown, node),
          decisions: reasons ?? []))
    }
    items += kept.map { Item(node: $0, isKept: true, isChanged: false, decisions: []) }
    let told = Set(items.flatMap(\.decisions))
    others = view.decisions.filter { !told.contains($0) }
  }

  /// Whether parts of a kept node may have been dropped: lines of a text.
  private static func mayBePartly(_ node: Node) -> Bool { !node.isImage }

  private static func areSame(_ kept: Node, _ extracted: Node) -> Bool {
    switch (kept, extracted) {
    case (.text(let kept), .text(let extracted)): kept.text == extracted.text
    default: true
    }
  }
}

extension Node {
  /// Whether the node is an image.
  fileprivate var isImage: Bool { if case .image = self { true } else { false } }
}

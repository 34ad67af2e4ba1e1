package import HTMLTree

/// A page cut into blocks, with what the block model sees of each: what its training reads.
package struct Page {
  let tree: HTMLTree
  let outline: Outline
  let segments: Segments
  let features: BlockFeatures

  /// Cuts a page into blocks and measures them.
  package init(_ tree: HTMLTree) {
    self.tree = tree
    outline = Outline(tree)
    segments = Segmenter.segments(of: tree, outline)
    features = BlockFeatures(tree, outline, segments)
  }

  /// The names of the columns of the block model's features.
  package static var featureNames: [String] { BlockFeatures.names }

  /// The text of each block and its features, in reading order.
  package var rows: [(text: String, features: ArraySlice<Float>)] {
    segments.blocks.indices.map { index in
      let start = index * features.width
      return (
        String(decoding: segments.text[segments.blocks[index].text], as: UTF8.self),
        features.values[start..<start + features.width]
      )
    }
  }
}

import Documents

/// Drops pages that ask, in a `meta` element, not to be used.
struct PageOptOut {
  var honoured: [OptOut]

  func refusal(of document: InterleavedDocument) -> Reason? {
    document.optOuts?.first { honoured.contains($0) }.map { Reason(.optedOut, detail: $0.rawValue) }
  }
}

public import Documents
internal import ObjectStores
internal import Provenance
internal import RemoteArchives
public import WebArchive

/// What reading a record back from its archive showed.
public struct RecordProof: Hashable, Sendable, Codable {
  /// Whether a record of the recorded identity and length stands at the recorded bytes.
  public var isFound = false
  /// Whether its target is the recorded URL.
  public var isOfURL = false
  /// Whether the page, extracted again, has the same text at the same element; `nil` where the
  /// page was not extracted again.
  public var hasText: Bool?
  /// What is wrong, where anything is.
  public var fault: String?

  /// Whether nothing is wrong.
  public var isSound: Bool { isFound && isOfURL && hasText != false }
}

extension RecordProof {
  /// Turns a page's HTTP response into a document again, as the stage `extract` does.
  public typealias Extract =
    @Sendable (
      _ response: HTTPResponse, _ url: String, _ id: DocumentID
    ) -> InterleavedDocument?

  /// Reads a record back and compares it with what the ledger says of it.
  ///
  /// - Parameter original: The record that a revisit repeats, which stands in the same archive.
  init(
    of record: RecordRow, repeating original: RecordRow? = nil, in input: InputRow,
    node: TokenSource?, extract: Extract?
  ) {
    let reader: RecordReader
    do {
      reader = try input.recordReader(
        for: [record.location, original?.location].compactMap { $0 })
    } catch {
      fault = "\(error)"
      if !input.archive.isRemote, !input.path.hasPrefix("/") {
        fault? += "; the path is relative to the directory in which the run was started"
      }
      return
    }
    switch reader.record(at: record.location) {
    case .dropped(let reason): fault = "no record can be read there: \(reason)"
    case .kept(let warc):
      isFound = warc.id == record.id
      isOfURL = record.url == nil || warc.targetURI == record.url
      if !isFound { fault = "another record stands there: \(warc.id)" }
      if !isOfURL { fault = "the record there is of \(warc.targetURI ?? "no URL")" }
      guard node != nil, extract != nil else { return }
      compare(
        reader.response(at: record.location, repeating: original?.location).value, record, node,
        extract)
    }
  }

  private mutating func compare(
    _ response: HTTPResponse?, _ record: RecordRow, _ node: TokenSource?, _ extract: Extract?
  ) {
    guard let node, let extract, let url = record.url else { return }
    guard let response, let document = extract(response, url, record.id) else {
      hasText = false
      fault = "the page cannot be extracted again"
      return
    }
    hasText = document.nodes.contains { other in
      guard other.path == node.path else { return false }
      switch other {
      case .image(let image): return image.url == node.image
      case .text(let text): return node.line.map { text.text.contains($0) } ?? false
      }
    }
    if hasText == false { fault = "the page, extracted again, has no such text at \(node.path)" }
  }
}

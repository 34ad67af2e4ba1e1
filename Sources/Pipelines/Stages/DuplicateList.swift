internal import Compression
internal import Documents

/// A document that is a duplicate of another, or text blocks of one that others have.
struct DuplicateLine: Hashable, Sendable, Codable {
  /// The document.
  var document: DocumentID
  /// Why it goes no further, where it is dropped as a whole.
  var reason: Reason?
  /// The places of the nodes that go no further, where it is not.
  var nodes: [Int]?
}

/// The duplicates among the documents of a part, as the deduplicate stage found them.
struct DuplicateList {
  private var lines: [DocumentID: DuplicateLine] = [:]

  init(run: RunContext, part: Int) throws {
    var reader = try JSONLinesReader<DuplicateLine>(
      path: run.directory.path(RunDirectory.duplicates(part)))
    while let line = try reader.next() { lines[line.document] = line }
  }

  /// Whether another document stands for one.
  func drops(_ document: DocumentID) -> Bool { lines[document]?.reason != nil }

  /// The document without what others have; `nil` where another stands for it.
  func remainder(of document: InterleavedDocument) -> InterleavedDocument? {
    guard let line = lines[document.id] else { return document }
    guard line.reason == nil else { return nil }
    let dropped = Set(line.nodes ?? [])
    var rest = document
    rest.nodes = document.nodes.enumerated().filter { !dropped.contains($0.offset) }
      .map(\.element)
    return rest
  }
}

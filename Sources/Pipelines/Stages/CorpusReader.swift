internal import Curation
internal import Documents
internal import Foundation
internal import Sharding

/// Reads what ``CorpusWriter`` wrote: the documents or pairs of one archive, in order.
struct CorpusReader {
  let directory: RunDirectory
  let part: Int

  /// Calls a function with each document of the interleaved or the text corpus.
  func forEachDocument(
    of corpus: Corpus, _ body: (InterleavedDocument) throws -> Void
  ) throws {
    try forEachJSON(of: corpus) { bytes in
      try body(JSONDecoder().decode(InterleavedDocument.self, from: Data(bytes)))
    }
  }

  /// Calls a function with each pair, or with those of some documents.
  func forEachPair(
    of isWanted: (DocumentID) -> Bool = { _ in true }, _ body: (ImageTextPair) throws -> Void
  ) throws {
    try forEachJSON(of: .pairs) { key in
      ImageTextPair.document(ofKey: key).map(isWanted) ?? true
    } _: { bytes in
      try body(JSONDecoder().decode(ImageTextPair.self, from: Data(bytes)))
    }
  }

  private func forEachJSON(
    of corpus: Corpus, ofKeys isWanted: (String) -> Bool = { _ in true },
    _ body: ([UInt8]) throws -> Void
  ) throws {
    let path = directory.path(RunDirectory.corpus(corpus, part))
    var reader = try TarReader(path: path)
    while let entry = try reader.next() {
      if entry.suffix == "json", isWanted(entry.key) { try body(reader.bytes(of: entry)) }
    }
  }
}

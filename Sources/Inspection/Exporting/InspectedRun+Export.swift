internal import Curation
public import Documents
internal import Foundation
internal import Provenance
internal import Sharding
internal import Storage

/// What an export wrote.
public struct ExportCounts: Hashable, Sendable, Codable {
  /// The lines: documents or pairs.
  public var documents = 0
  /// The images they name.
  public var images = 0
}

extension InspectedRun {
  /// Writes a corpus as JSON Lines in a published shape, a document a line, in the order of the archives.
  ///
  /// Memory is bounded by one document. The same run gives the same bytes.
  ///
  /// - Parameter path: The file; compressed where it ends in `.gz` or `.zst`.
  /// - Throws: ``InspectionError`` where the run has no such corpus, `ShardingError` where an archive is
  ///   damaged, `StorageError` where the file cannot be written.
  public func export(
    _ corpus: Corpus, as shape: ExportShape, to path: String
  ) throws -> ExportCounts {
    let parts = try archives(of: corpus)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var counts = ExportCounts()
    let file = try LineFile(path: path)
    for part in parts {
      var reader = try TarReader(path: directory.path(part))
      while let entry = try reader.next() {
        guard entry.suffix == "json" else { continue }
        let document = try Self.document(reader.bytes(of: entry), corpus, entry.key, part)
        try file.write(line: line(document, shape, encoder))
        counts.documents += 1
        counts.images += document.imageCount
      }
    }
    try file.commit()
    return counts
  }

  private func archives(of corpus: Corpus) throws -> [String] {
    let folder = "corpus/\(corpus.rawValue)"
    guard Directory.isDirectory(directory.path(folder)) else {
      throw InspectionError(
        .notFound,
        "'\(directory.root)' has no corpus '\(corpus.rawValue)' yet; `weft curate` makes it")
    }
    // Part 100000 comes after part 99999.
    return try Directory.names(in: directory.path(folder)).filter { $0.hasSuffix(".tar") }
      .sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }.map { "\(folder)/\($0)" }
  }

  private static func document(
    _ json: [UInt8], _ corpus: Corpus, _ key: String, _ archive: String
  ) throws -> ExportedDocument {
    do {
      if corpus == .pairs {
        let pair = try JSONDecoder().decode(ImageTextPair.self, from: Data(json))
        return ExportedDocument(pair, key: key, archive: archive)
      }
      let document = try JSONDecoder().decode(InterleavedDocument.self, from: Data(json))
      return ExportedDocument(document, key: key, archive: archive)
    } catch {
      throw InspectionError(
        .unreadable, "'\(key).json' in '\(archive)' is damaged (\(error)); run the pipeline again")
    }
  }

  private func line(
    _ document: ExportedDocument, _ shape: ExportShape, _ encoder: JSONEncoder
  ) throws -> Data {
    switch shape {
    case .mmc4: return try encoder.encode(MMC4Line(document))
    case .obelics:
      let record = try ledger.record(document.id)
      let input = try record.flatMap { try ledger.input($0.location.input) }
      return try encoder.encode(
        OBELICSLine(document, record: record, input: input, encoder: encoder))
    }
  }
}

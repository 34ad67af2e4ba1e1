public import Documents
internal import Foundation
public import Provenance
public import Sharding
internal import Storage
internal import Synchronization
public import Tokenization

/// A run directory opened for looking at: its ledger, and its files where they are needed.
///
/// Nothing is written to the directory, and a run may go on meanwhile.
public final class InspectedRun: Sendable {
  /// The run's paths.
  public let directory: RunDirectory
  /// The run's ledger.
  public let ledger: Ledger
  private let opened = Mutex(Opened())

  /// What was opened last: one look asks for the same tokenizer and shard again and again.
  private struct Opened {
    var tokenizer: Tokenizer?
    var shard: Shard?
  }

  /// Opens a run directory.
  ///
  /// - Throws: `LedgerError` where it has no ledger of this version, ``InspectionError`` where something is
  ///   being forgotten.
  public init(_ path: String) throws {
    directory = RunDirectory(path)
    guard !FileSystem.isFile(directory.path(RunDirectory.forgetJournal)) else {
      throw InspectionError(
        .unreadable,
        "a `weft forget` of '\(directory.root)' was interrupted; finish it by "
          + "`weft forget \(directory.root)` without more")
    }
    ledger = try Ledger.open(path: directory.path(RunDirectory.ledger))
  }

  /// The tokenizer of the run.
  public func tokenizer() throws -> Tokenizer {
    try opened.withLock { opened in
      if let tokenizer = opened.tokenizer { return tokenizer }
      let tokenizer = try Tokenizer(modelPath: directory.path(RunDirectory.tokenizer))
      opened.tokenizer = tokenizer
      return tokenizer
    }
  }

  /// A shard of the run, opened and checked.
  ///
  /// - Throws: ``InspectionError`` where the ledger has no such shard.
  public func shard(_ corpus: Corpus, _ number: Int) throws -> Shard {
    guard number >= 0, number <= Int32.max, let row = try ledger.shard(corpus, number) else {
      let count = try ledger.shards(corpus).count
      throw InspectionError(
        .notFound,
        "the corpus '\(corpus.rawValue)' has no shard \(number); it has \(count), from 0 on")
    }
    let path = directory.path(row.path)
    return try opened.withLock { opened in
      if let shard = opened.shard, shard.path == path { return shard }
      let shard = try Shard(path: path)
      opened.shard = shard
      return shard
    }
  }

  /// A sequence of a shard.
  ///
  /// - Throws: ``InspectionError`` where the shard has no such sequence.
  public func sequence(_ index: Int, of shard: Shard) throws -> ShardSequence {
    guard (0..<shard.count).contains(index) else {
      throw InspectionError(
        .notFound, "'\(shard.path)' has no sequence \(index); it has \(shard.count), from 0 on")
    }
    return try shard.sequence(at: index)
  }

  /// What the corpus archives hold of some documents or pairs, each archive read once.
  package func samples(_ entries: [CorpusEntry]) throws -> [CorpusEntry: CorpusSample] {
    var found: [CorpusEntry: CorpusSample] = [:]
    for (path, entries) in Dictionary(
      grouping: entries, by: { directory.path(RunDirectory.corpus($0.corpus, $0.partition)) })
    {
      var wanted = Dictionary(
        entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
      var reader = try SampleReader(path: path)
      while !wanted.isEmpty, let sample = try reader.next() {
        guard let entry = wanted.removeValue(forKey: sample.key) else { continue }
        let files = sample.entries.map { ($0.suffix, reader.bytes(of: $0)) }
        found[entry] = CorpusSample(key: sample.key, path: path, files: files)
      }
    }
    return found
  }

  /// What a corpus archive holds of one document or pair.
  package func sample(_ entry: CorpusEntry) throws -> CorpusSample {
    let path = directory.path(RunDirectory.corpus(entry.corpus, entry.partition))
    var reader = try SampleReader(path: path)
    while let sample = try reader.next() {
      if sample.key == entry.key {
        let files = sample.entries.map { ($0.suffix, reader.bytes(of: $0)) }
        return CorpusSample(key: sample.key, path: path, files: files)
      }
    }
    throw InspectionError(
      .unreadable,
      "'\(path)' has no '\(entry.key)', which the ledger says it has; run the pipeline again")
  }
}

/// The files of one key of a corpus archive.
package struct CorpusSample {
  /// The key.
  package var key: String
  /// The archive.
  package var path: String
  /// What follows the key in the files' names, and their bytes.
  package var files: [(suffix: String, bytes: [UInt8])]

  /// The JSON of the sample as a value.
  package func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let json = files.first { $0.suffix == "json" }?.bytes ?? []
    do {
      return try JSONDecoder().decode(type, from: Data(json))
    } catch {
      throw InspectionError(
        .unreadable, "'\(key).json' in '\(path)' is damaged (\(error)); run the pipeline again")
    }
  }

  /// The image files, by their number.
  package var images: [(number: Int, name: String, bytes: [UInt8])] {
    files.compactMap { file in
      Int(file.suffix.prefix { $0 != "." }).map { ($0, "\(key).\(file.suffix)", file.bytes) }
    }
  }
}

extension CorpusEntry {
  /// The key of the entry in its archive.
  var key: String {
    guard let image else { return document.description }
    return "\(document)-" + String(image).zeroPadded(to: 4)
  }
}

extension String {
  /// The text with zeros before it, at least `width` characters.
  func zeroPadded(to width: Int) -> String {
    String(repeating: "0", count: max(0, width - count)) + self
  }
}

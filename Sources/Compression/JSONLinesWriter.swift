internal import Foundation
public import Storage

/// A writer of JSON Lines in a Zstandard file: one JSON value a line, in UTF-8.
///
/// Keys are sorted and slashes are not escaped, so the same values give the same bytes on any
/// machine. The file appears under its name when it is committed, whole.
///
///     var writer = try JSONLinesWriter(path: "documents/part-00000.jsonl.zst")
///     for document in documents { try writer.write(document) }
///     try writer.commit()
public struct JSONLinesWriter: ~Copyable {
  /// The number of lines written so far.
  public private(set) var count = 0

  // Lines are compressed in pieces of this size, so that libzstd sees the same pieces, and gives
  // the same bytes, however values were written.
  private static let pieceSize = 1 << 17

  private let file: AtomicFile
  private let encoder = JSONEncoder()
  private var compressor: ZstdCompressor
  private var pending: [UInt8] = []

  /// Begins a file.
  ///
  /// - Throws: ``StorageError`` where the file cannot be made.
  public init(
    path: String, level: Int = ZstdCompressor.defaultLevel
  ) throws(StorageError) {
    file = try AtomicFile(path: path)
    compressor = ZstdCompressor(level: level)
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  /// Writes one value as a line.
  ///
  /// - Throws: ``JSONLinesError`` where the value has no JSON form, such as one that holds a NaN;
  ///   ``StorageError`` where the disk is full or broken.
  public mutating func write(_ value: some Encodable) throws {
    let line: Data
    do {
      line = try encoder.encode(value)
    } catch {
      throw JSONLinesError(path: file.path, line: count + 1, describing: error)
    }
    try write(line: line)
  }

  /// Writes a value whose JSON is made already as a line.
  ///
  /// - Throws: ``StorageError`` where the disk is full or broken.
  public mutating func write(line json: some Sequence<UInt8>) throws(StorageError) {
    pending.append(contentsOf: json)
    pending.append(UInt8(ascii: "\n"))
    count += 1
    try compressPieces()
  }

  /// Ends the file and gives it its name.
  ///
  /// - Throws: ``StorageError`` where bytes cannot be made durable.
  public consuming func commit() throws(StorageError) {
    var output: [UInt8] = []
    let rest = pending
    compressor.compress(rest.span.bytes, into: &output)
    compressor.finish(into: &output)
    try file.write(output)
    try file.commit()
  }

  private mutating func compressPieces() throws(StorageError) {
    guard pending.count >= Self.pieceSize else { return }
    let lines = pending
    var output: [UInt8] = []
    var start = 0
    while lines.count - start >= Self.pieceSize {
      compressor.compress(
        lines.span.bytes.extracting(start..<start + Self.pieceSize), into: &output)
      start += Self.pieceSize
    }
    pending = Array(lines[start...])
    try file.write(output)
  }
}

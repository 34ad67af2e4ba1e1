internal import Foundation
internal import Glibc
public import Storage

/// A reader of JSON Lines in a Zstandard file, one value at a time.
///
/// Memory is bounded by the longest line. Several concatenated Zstandard frames are one file; the
/// last line may lack its line feed, and empty lines are skipped.
///
///     var reader = try JSONLinesReader<InterleavedDocument>(path: path)
///     while let document = try reader.next() { … }
public struct JSONLinesReader<Value: Decodable>: ~Copyable {
  /// The file that is read.
  public var path: String { file.path }
  /// The number of the line read last, from 1; 0 before the first.
  public private(set) var line = 0

  private static var windowSize: Int { 1 << 18 }

  private var file: DecompressedFile
  private let maximumLineBytes: Int
  private let decoder = JSONDecoder()
  private var window = ByteBuffer(capacity: windowSize)
  // The beginning of a line whose end lies beyond the window.
  private var pending: [UInt8] = []

  /// Opens a file.
  ///
  /// - Parameter maximumLineBytes: The longest line that is accepted; 256 MiB unless told
  ///   otherwise.
  /// - Throws: ``StorageError`` where the file cannot be opened.
  public init(path: String, maximumLineBytes: Int = 1 << 28) throws(StorageError) {
    file = try DecompressedFile(path: path, format: .zstd)
    self.maximumLineBytes = maximumLineBytes
  }

  /// Reads the next value; `nil` after the last.
  ///
  /// - Throws: ``JSONLinesError`` with file and line where the file is damaged or cut short, or the
  ///   line is too long or no such value.
  public mutating func next() throws(JSONLinesError) -> Value? {
    while let text = try nextLine() {
      if text.isEmpty { continue }
      do {
        return try decoder.decode(Value.self, from: text)
      } catch {
        throw JSONLinesError(path: path, line: line, describing: error)
      }
    }
    return nil
  }

  /// Passes over lines that are not empty, without decoding them.
  ///
  /// - Throws: ``JSONLinesError`` where the file is damaged or cut short, or has not so many.
  public mutating func skip(lines count: Int) throws(JSONLinesError) {
    var left = count
    while left > 0 {
      guard let text = try nextLine() else {
        throw JSONLinesError(path: path, line: line, message: "the file has too few lines")
      }
      if !text.isEmpty { left -= 1 }
    }
  }

  private mutating func nextLine() throws(JSONLinesError) -> Data? {
    line += 1
    while true {
      if let end = endOfLine() {
        pending.reserveCapacity(pending.count + end)
        window.copy(0..<end, to: &pending)
        window.removeFirst(end + 1)
        return try takeLine()
      }
      window.copy(0..<window.count, to: &pending)
      window.removeAll()
      guard pending.count <= maximumLineBytes else { throw tooLong }
      if try !fill() {
        if !pending.isEmpty { return try takeLine() }
        line -= 1
        return nil
      }
    }
  }

  private var tooLong: JSONLinesError {
    JSONLinesError(
      path: path, line: line, message: "the line is longer than \(maximumLineBytes) bytes")
  }

  private mutating func takeLine() throws(JSONLinesError) -> Data {
    guard pending.count <= maximumLineBytes else { throw tooLong }
    let text = Data(pending)
    pending.removeAll(keepingCapacity: text.count <= Self.windowSize)
    return text
  }

  private func endOfLine() -> Int? {
    window.bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, let found = memchr(start, 0x0a, bytes.count) else {
        return nil
      }
      return UnsafeRawPointer(found) - start
    }
  }

  /// Decompresses more into the empty window; false at the end of the file.
  private mutating func fill() throws(JSONLinesError) -> Bool {
    switch file.read(into: &window) {
    case .more: return true
    case .ended: return false
    case .damaged(let message):
      throw JSONLinesError(
        path: path, line: line,
        message: "\(message); remove it and run the same command again")
    }
  }
}

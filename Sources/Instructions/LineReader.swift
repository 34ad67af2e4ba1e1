internal import Compression
public import Storage

/// The lines of a text file, each with the range of its bytes; gzip and Zstandard are read as the text in
/// them, whatever the file is called.
///
/// Memory is bounded by the longest line that is asked for. A line ends with a line feed; the last may lack
/// it, and empty lines are passed over.
public struct LineReader: ~Copyable {
  /// What stands in a file.
  public enum Item: Hashable, Sendable {
    /// A line, and where it stands in the decompressed file.
    case line([UInt8], Range<Int64>)
    /// A line that is longer than is accepted.
    case oversized(Range<Int64>)
    /// The file cannot be read from here on: why, and the line that was begun.
    case damaged(String, Range<Int64>)
  }

  private static var windowSize: Int { 1 << 18 }

  private var file: DecompressedFile
  private let maximumLineBytes: Int
  private var window = ByteBuffer(capacity: windowSize)
  /// Where the window begins in the decompressed file.
  private var position: Int64 = 0
  private var isOver = false

  /// Opens a file.
  ///
  /// - Throws: `StorageError` where it cannot be opened.
  public init(path: String, maximumLineBytes: Int) throws(StorageError) {
    file = try DecompressedFile(path: path)
    self.maximumLineBytes = maximumLineBytes
  }

  /// Reads the next line that is not empty; `nil` after the last.
  public mutating func next() -> Item? {
    while !isOver {
      let item = nextItem()
      if case .line(let bytes, _)? = item, bytes.allSatisfy({ $0 == 0x0D }) { continue }
      if let item { return item }
    }
    return nil
  }

  private mutating func nextItem() -> Item? {
    let start = position
    var line: [UInt8] = []
    while true {
      if let end = endOfLine() {
        take(end, into: &line)
        window.removeFirst(1)
        position += 1
        return item(line, start..<position - 1)
      }
      take(window.count, into: &line)
      switch file.read(into: &window) {
      case .more: break
      case .ended:
        isOver = true
        return position == start ? nil : item(line, start..<position)
      case .damaged(let message):
        isOver = true
        return .damaged(message, start..<position)
      }
    }
  }

  /// Moves bytes from the window to a line, of which no more is kept than tells that it is too long.
  private mutating func take(_ count: Int, into line: inout [UInt8]) {
    let kept = min(count, maximumLineBytes + 1 - line.count)
    if kept > 0 { window.copy(0..<kept, to: &line) }
    window.removeFirst(count)
    position += Int64(count)
  }

  private func item(_ line: [UInt8], _ range: Range<Int64>) -> Item {
    line.count > maximumLineBytes ? .oversized(range) : .line(line, range)
  }

  private func endOfLine() -> Int? {
    let bytes = window.bytes
    return bytes.indices.first { bytes[$0] == 0x0A }
  }
}

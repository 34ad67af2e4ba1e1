internal import Compression
internal import Tokenization

/// The file of a sample of lines: what was sampled, and the lines by their hash.
enum SampledLines {
  /// What was sampled, and how.
  struct Head: Hashable, Codable {
    var format = "weft-sample"
    var version = 1
    /// The parts of the corpora.
    var parts: [Int]
    var seed: UInt64
    var byteLimit: Int
    /// Lines of this hash or a higher one are left out, of other samples too.
    var ceiling: UInt64
  }

  /// A line of the file: the first is the head.
  private enum Line: Codable {
    case head(Head)
    case text(String)

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let text = try? value.decode(String.self) {
        self = .text(text)
      } else {
        self = .head(try value.decode(Head.self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var value = encoder.singleValueContainer()
      switch self {
      case .head(let head): try value.encode(head)
      case .text(let text): try value.encode(text)
      }
    }
  }

  /// Writes a sample of parts of the corpora.
  static func write(_ sample: inout LineSample, of parts: [Int], to path: String) throws {
    let lines = sample.finish()
    let head = Head(
      parts: parts, seed: sample.seed, byteLimit: sample.byteLimit, ceiling: sample.ceiling)
    var writer = try JSONLinesWriter(path: path)
    try writer.write(Line.head(head))
    for line in lines { try writer.write(Line.text(line)) }
    try writer.commit()
  }

  /// Reads a sample.
  ///
  /// - Parameter line: Called with each line.
  /// - Throws: ``RunError`` where the file is none.
  static func read(_ path: String, line: (String) throws -> Void) throws -> Head {
    var reader = try JSONLinesReader<Line>(path: path)
    guard case .head(let head)? = try reader.next(), head.format == "weft-sample",
      head.version == 1
    else { throw damaged(path) }
    while let next = try reader.next() {
      guard case .text(let text) = next else { throw damaged(path) }
      try line(text)
    }
    return head
  }

  /// Adds the lines of a file to a sample of everything.
  static func add(_ path: String, to sample: inout LineSample) throws {
    let head = try read(path) { sample.add($0) }
    sample.lower(ceiling: head.ceiling)
  }

  private static func damaged(_ path: String) -> RunError {
    RunError(.damaged, "'\(path)' is no sample of lines; remove it and run again")
  }
}

internal import Documents
internal import Foundation
internal import Storage

/// How many responses of each kind an archive has, and on which lines of their list they stand.
///
/// With it work is divided, and the responses of a partition are found, without reading the lists.
struct ResponseIndex: Hashable, Sendable, Codable {
  /// The lines of one kind.
  struct Lines: Hashable, Sendable, Codable {
    /// How many there are.
    var count = 0
    /// The line, from 0, of each ``ResponseIndex/step``th one.
    var marks: [Int] = []
  }

  /// Of so many responses of a kind the line of one is noted: few bytes, and few lines to pass over.
  static let step = 64

  private var kinds: [String: Lines] = [:]

  /// Notes the next response of its kind.
  mutating func add(_ kind: ArchivedResponse.Kind, line: Int) {
    var lines = kinds[kind.rawValue, default: Lines()]
    if lines.count % Self.step == 0 { lines.marks.append(line) }
    lines.count += 1
    kinds[kind.rawValue] = lines
  }

  /// How many responses of a kind there are.
  func count(_ kind: ArchivedResponse.Kind) -> Int { kinds[kind.rawValue]?.count ?? 0 }

  /// A line to read from on, and how many responses of the kind are to be passed over there, so that the
  /// next is the one of a number.
  ///
  /// - Precondition: There is one of that number.
  func place(of number: Int, _ kind: ArchivedResponse.Kind) -> (line: Int, passed: Int) {
    guard let lines = kinds[kind.rawValue], (0..<lines.count).contains(number) else {
      preconditionFailure("a response that the archive has")
    }
    return (lines.marks[number / Self.step], number % Self.step)
  }
}

extension ResponseIndex {
  /// Reads the index of an archive of a run.
  ///
  /// - Throws: ``RunError`` where the file is none.
  init(_ input: Int, in directory: RunDirectory) throws {
    let path = directory.path(RunDirectory.responseIndex(input))
    let bytes = try FileSystem.read(path, limit: 1 << 30)
    guard let index = try? JSONDecoder().decode(Self.self, from: Data(bytes)), index.isSound else {
      throw RunError(
        .damaged, "'\(path)' is not an index of responses; `weft verify --repair` makes it anew")
    }
    self = index
  }

  /// Whether each mark that a count asks for is there, in order.
  private var isSound: Bool {
    kinds.values.allSatisfy { lines in
      lines.count >= 0
        && lines.marks.count == (lines.count - 1) / Self.step + (lines.count == 0 ? 0 : 1)
        && lines.marks.first ?? 0 >= 0
        && zip(lines.marks, lines.marks.dropFirst()).allSatisfy { $0 < $1 }
    }
  }

  /// Writes the index.
  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try AtomicFile.write(Array(encoder.encode(self)), to: path)
  }
}

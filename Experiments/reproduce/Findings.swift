import Foundation
import Storage

/// A table of results in Markdown.
struct ResultTable {
  private let header: [String]
  private var rows: [[String]] = []

  init(_ header: [String]) { self.header = header }

  mutating func add(_ row: [String]) {
    precondition(row.count == header.count, "a row has \(row.count) cells of \(header.count)")
    rows.append(row)
  }

  var markdown: String {
    let line = { (cells: [String]) in "| " + cells.joined(separator: " | ") + " |" }
    let rule = "|" + String(repeating: "---|", count: header.count)
    return ([line(header), rule] + rows.map(line)).joined(separator: "\n")
  }
}

/// A statement of the papers, and whether these results bear it out.
struct Claim {
  let statement: String
  let isReproduced: Bool

  init(_ statement: String, _ isReproduced: Bool) {
    self.statement = statement
    self.isReproduced = isReproduced
  }
}

/// What an experiment found.
struct Findings {
  var table: ResultTable
  var claims: [Claim]

  /// The table, and a line for each claim.
  var markdown: String {
    let lines = claims.map {
      "- \($0.isReproduced ? "Reproduced" : "**Not reproduced**"): \($0.statement)."
    }
    return table.markdown + "\n\n" + lines.joined(separator: "\n")
  }

  /// Writes the findings between the two marks that a document has for an experiment.
  ///
  ///     <!-- X1 -->
  ///     <!-- /X1 -->
  func write(_ name: String, seconds: Double, to path: String) throws {
    let text = try FileSystem.readText(path)
    let (begin, end) = ("<!-- \(name) -->\n", "<!-- /\(name) -->")
    guard let from = text.firstRange(of: begin), let to = text.firstRange(of: end),
      from.upperBound <= to.lowerBound
    else {
      fatalError("'\(path)' has no lines '\(begin)' and '\(end)' for the results to go between")
    }
    let body = "\n\(markdown)\n\n\(Int(seconds)) seconds.\n\n"
    let whole = text[..<from.upperBound] + body + text[to.lowerBound...]
    try AtomicFile.write(Array(whole.utf8), to: path)
  }
}

/// A number with so many decimals.
func fixed(_ value: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", value) }

/// Tells on stderr how far the experiments are.
func progress(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }

/// Seconds of a clock that only goes forward.
func seconds() -> Double { ProcessInfo.processInfo.systemUptime }

import Foundation
import Tensors

/// Repeats claims of the papers at a size that two cores can do, and writes what comes of them into a document.
///
///     reproduce TEXT DOCUMENT [x1 x3 x4 x6]
///
/// TEXT is a file of some megabytes of English; its ASCII bytes are the tokens of X1 and X3. X4 stands for X5 too.
@main
struct Reproduce {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else { fatalError("reproduce takes a text and a document") }
    let (text, document) = (arguments[1], arguments[2])
    let chosen = Set(arguments.dropFirst(3).map { $0.lowercased() })
    keepFreedMemory()
    // Models this small are no faster on two.
    setThreads(1)
    func perform(_ name: String, _ work: () throws -> [(String, Findings)]) throws {
      guard chosen.isEmpty || chosen.contains(name) else { return }
      let start = seconds()
      let found = try work()
      for (name, findings) in found {
        try findings.write(name, seconds: seconds() - start, to: document)
        print("\(name)\n\n\(findings.markdown)\n")
      }
    }
    let seeds: [UInt64] = [1, 2, 3]
    try perform("x1") {
      [("X1", try DepthOfUpdate(text: ByteText(path: text), seeds: seeds).run())]
    }
    try perform("x3") {
      [("X3", try Extrapolation(text: ByteText(path: text), seeds: Array(seeds.prefix(2))).run())]
    }
    try perform("x4") {
      let found = try InterleavedData(seeds: seeds).run()
      return [("X4", found.inContext), ("X5", found.transfer)]
    }
    try perform("x6") { [("X6", try FrozenPrefix(seed: 1).run())] }
  }
}

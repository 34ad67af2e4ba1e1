import Glibc
import Storage
import Tokenization

/// Encodes the lines of a file by a model, several times over, on one thread.
///
///     encode-text MODEL LINES REPEATS IDS
///
/// Prints the CPU seconds of each round, loading and writing excluded, and writes the ids as 32-bit
/// little-endian integers.
@main
struct EncodeText {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5, let repeats = Int(arguments[3]), repeats > 0 else {
      fatalError("encode-text takes a model, a file of lines, a number of rounds, a file for ids")
    }
    let tokenizer = try Tokenizer(modelPath: arguments[1])
    let lines = try FileSystem.readText(arguments[2]).split(separator: "\n").map(String.init)
    var ids: [[Int32]] = []
    for _ in 0..<repeats {
      let start = clock()
      ids = lines.map(tokenizer.encode(_:))
      print(Double(clock() - start) / Double(CLOCKS_PER_SEC))
    }
    try AtomicFile.write(
      ids.joined().flatMap { id in (0..<4).map { UInt8(truncatingIfNeeded: id >> (8 * $0)) } },
      to: arguments[4])
  }
}

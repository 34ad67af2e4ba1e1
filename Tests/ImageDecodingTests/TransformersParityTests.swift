import Documents
import Foundation
import ImageDecoding
import TestSupport
import Testing

private let parityFolder = ProcessInfo.processInfo.environment["WEFT_PARITY"]

/// The preprocessing of large images is that of transformers' CLIP processor.
///
/// The goldens are too large to keep here: `WEFT_PARITY` names the folder that holds
/// `preprocess.safetensors` and its `image-*.png`. ``PillowParityTests`` checks small images always.
@Suite(.enabled(if: parityFolder != nil, "WEFT_PARITY names no folder of goldens"))
struct TransformersParityTests {
  private struct Entry: Decodable {
    var data_offsets: [Int]?
  }

  /// The tensors of a safetensors file of bytes, by name.
  private func tensors(in file: Data) throws -> [String: [UInt8]] {
    let length = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = try JSONDecoder().decode([String: Entry].self, from: file[8..<8 + length])
    return header.compactMapValues { entry in
      entry.data_offsets.map { Array(file[(8 + length + $0[0])..<(8 + length + $0[1])]) }
    }
  }

  @Test(arguments: CLIPPreprocessing.Mode.allCases)
  func resultsDifferByTwoLevelsAtMost(mode: CLIPPreprocessing.Mode) throws {
    let folder = URL(filePath: try #require(parityFolder))
    let goldens = try tensors(
      in: Data(contentsOf: folder.appending(path: "preprocess.safetensors")))
    let kind = mode == .centreCrop ? "crop" : "square"
    let cases = goldens.filter { $0.key.hasSuffix(".\(kind)") }.sorted { $0.key < $1.key }
    #expect(!cases.isEmpty)
    for (name, golden) in cases {
      let size = name.prefix { $0 != "." }
      let bytes = try Data(contentsOf: folder.appending(path: "image-\(size).png"))
      let image = try #require(ImageDecoder.decode(Array(bytes)).value)
      let result = CLIPPreprocessing(mode: mode).apply(image)
      let difference = Double(try #require(largestDifference(result, golden)))
      #expect(
        ParityReport.note("P16", "levels of 255", difference, tolerance: 2) <= 2, "\(name)")
      let sum = zip(result, golden).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      #expect(Double(sum) / Double(golden.count) < 0.02, "\(name)")
    }
  }
}

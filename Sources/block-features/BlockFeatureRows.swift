import Documents
import Foundation
import HTMLTree
import Hashing
import Interleaving
import Storage
import WebArchive

/// Writes what the block model sees of the pages of an archive, for `scripts/train-block-model`.
///
///     block-features PAGES.warc.gz OUT
///
/// writes `OUT.names` with a column's name a line, `OUT.jsonl` with a page's URL and block texts a
/// line, and `OUT.f32` with the rows of all blocks as little-endian single-precision numbers.
@main
struct BlockFeatureRows {
  private var texts: [UInt8] = []
  private var rows: [UInt8] = []

  static func main() throws {
    guard CommandLine.arguments.count == 3 else {
      FileHandle.standardError.write(Data("usage: block-features PAGES.warc.gz OUT\n".utf8))
      exit(64)
    }
    var output = BlockFeatureRows()
    try output.read(CommandLine.arguments[1])
    try output.write(CommandLine.arguments[2])
  }

  private mutating func read(_ archive: String) throws {
    let digest = try Digest(ofFile: archive)
    var reader = try ArchiveReader(path: archive, input: 0, archiveDigest: digest)
    while let item = reader.next() {
      guard case .record(let record) = item, record.kind == .response, let url = record.targetURI,
        let block = record.block.value, let response = HTTPResponse.parse(block).value,
        let tree = HTMLTree.parse(response.body, contentType: response.contentType).value
      else { continue }
      try append(Page(tree), url: url)
    }
  }

  private struct Line: Encodable {
    var url: String
    var blocks: [String]
  }

  private mutating func append(_ page: Page, url: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    texts += try encoder.encode(Line(url: url, blocks: page.rows.map(\.text)))
    texts.append(10)
    for row in page.rows {
      for value in row.features {
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
          rows.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
        }
      }
    }
  }

  private func write(_ path: String) throws {
    let names = Page.featureNames.joined(separator: "\n") + "\n"
    try Data(names.utf8).write(to: URL(fileURLWithPath: path + ".names"))
    try Data(texts).write(to: URL(fileURLWithPath: path + ".jsonl"))
    try Data(rows).write(to: URL(fileURLWithPath: path + ".f32"))
  }
}

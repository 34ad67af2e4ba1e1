import CHTML
import CXMLTrees
import Documents
import Foundation
import HTMLTree
import Hashing
import Pipelines
import WebArchive

/// Measures what libxml2 alone needs to build and free the trees of an archive's pages.
///
///     xml-trees PAGES.warc.gz [--reduced]
///
/// The pages are those that `weft extract` extracts, decoded to UTF-8 as it decodes them; with
/// `--reduced` they are also rid of scripts and the like, as weft hands them to libxml2. Only the calls
/// that build and free a tree are timed: neither reading, nor decompression, nor decoding. Prints the
/// number of pages, their bytes and the CPU seconds.
@main
struct XMLTrees {
  private var pages = 0
  private var bytes = 0
  private var nanoseconds: UInt64 = 0

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let archive = arguments.first, arguments.dropFirst().allSatisfy({ $0 == "--reduced" })
    else {
      FileHandle.standardError.write(Data("usage: xml-trees PAGES.warc.gz [--reduced]\n".utf8))
      exit(64)
    }
    var trees = XMLTrees()
    try trees.read(archive, isReduced: arguments.count > 1)
    print(trees.pages, trees.bytes, Double(trees.nanoseconds) / 1e9)
  }

  private mutating func read(_ archive: String, isReduced: Bool) throws {
    var reader = try ArchiveReader(
      path: archive, input: 0, archiveDigest: Digest(ofFile: archive))
    while let item = reader.next() {
      guard case .record(let record) = item, let response = PageReader.page(in: record) else {
        continue
      }
      let text = Array(HTMLTree.decode(response.body, contentType: response.contentType).text)
      build(isReduced ? reduced(text) : text)
    }
  }

  private func reduced(_ text: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: CHTML_reducedCapacity(text.count)) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      var isCut = false
      let limit = UInt32(TreeLimits().attributesPerElement)
      count = CHTML_reduce(text, text.count, limit, start, &isCut)
    }
  }

  private mutating func build(_ text: [UInt8]) {
    let start = cpuTime()
    if CXMLTrees_build(text, text.count) { pages += 1 }
    nanoseconds += cpuTime() - start
    bytes += text.count
  }

  private func cpuTime() -> UInt64 {
    var now = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
    return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
  }
}

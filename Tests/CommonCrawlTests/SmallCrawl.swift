import Documents
import Hashing
import ObjectStores
import Storage
import StoreServer
import TestSupport
import WebArchive

/// The committed crawl laid out on a server as Common Crawl lays out its own.
struct SmallCrawl {
  /// A page and where its record stands.
  struct Page {
    var url: String
    var key: String
    var file: String
    var location: RecordLocation
  }

  static let name = "CC-MAIN-2026-30"
  static let linesPerBlock = 5

  let server: StoreServer
  private(set) var pages: [Page] = []
  var base: String { server.endpoint + "/public/" }
  var store: ObjectStore {
    var configuration = StoreConfiguration(access: .anonymous)
    configuration.retries.attempts = 2
    configuration.retries.first = .milliseconds(1)
    configuration.retries.shortestOfWeb = .milliseconds(1)
    return ObjectStore(configuration)
  }

  /// - Parameter padding: Lines of other hosts before and after, so that the index is longer than one look.
  init(padding: Int = 0) throws {
    server = try StoreServer()
    for path in FileSystem.matching("Tests/Fixtures/crawl/*.warc.gz") {
      let file =
        "crawl-data/\(Self.name)/segments/1/warc/"
        + (path.split(separator: "/").last.map(String.init) ?? "")
      server.put(try FileSystem.read(path), file, in: "public")
      var reader = try ArchiveReader(
        path: path, input: 0, archiveDigest: try Digest(ofFile: path))
      while case .record(let record)? = reader.next() {
        guard record.kind == .response, let url = record.targetURI,
          let head = HTTPHead.archived(by: record).value, head.mediaType == "text/html"
        else { continue }
        pages.append(
          Page(url: url, key: Self.key(url), file: file, location: record.location))
      }
    }
    putListing()
    putIndex(padding)
  }

  private func putListing() {
    let files = Set(pages.map(\.file)).sorted().joined(separator: "\n") + "\n"
    server.put(
      GzipFile.member(Array(files.utf8)), "crawl-data/\(Self.name)/warc.paths.gz", in: "public")
  }

  private func putIndex(_ padding: Int) {
    let folder = "cc-index/collections/\(Self.name)/indexes/"
    var lines = pages.map { ($0.key, Self.line($0)) }
    for number in 0..<padding {
      let text = "\(number)"
      let digits = String(repeating: "0", count: 6 - text.count) + text
      for domain in ["aa", "zz"] {
        lines.append(("\(domain),host\(digits))/", "\(domain),host\(digits))/ 20260101000000 {}"))
      }
    }
    lines.sort { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
    var index: [UInt8] = []
    var cluster = ""
    var rest = lines[...]
    while let first = rest.first {
      let block = rest.prefix(Self.linesPerBlock)
      rest = rest.dropFirst(block.count)
      let member = GzipFile.member(Array((block.map(\.1).joined(separator: "\n") + "\n").utf8))
      cluster += "\(first.0) 20260101000000\tcdx-00000.gz\t\(index.count)\t\(member.count)\t1\n"
      index += member
    }
    server.put(index, folder + "cdx-00000.gz", in: "public")
    server.put(Array(cluster.utf8), folder + "cluster.idx", in: "public")
  }

  private static func key(_ url: String) -> String {
    let rest = url.drop { $0 != "/" }.dropFirst(2)
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    let host = rest[..<slash].prefix { $0 != ":" }.split(separator: ".").reversed()
    return host.joined(separator: ",") + ")" + rest[slash...]
  }

  private static func line(_ page: Page) -> String {
    let language = page.file.contains("-fr") ? "fra,eng" : "eng"
    return "\(page.key) 20260101000000 {\"url\": \"\(page.url)\", \"mime\": \"text/html\", "
      + "\"mime-detected\": \"text/html\", \"status\": \"200\", \"length\": \"\(page.location.memberLength)\", "
      + "\"offset\": \"\(page.location.memberOffset)\", \"filename\": \"\(page.file)\", "
      + "\"languages\": \"\(language)\"}"
  }
}

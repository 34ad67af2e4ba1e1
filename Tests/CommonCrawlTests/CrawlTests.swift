import CommonCrawl
import Documents
import Hashing
import ObjectStores
import RemoteArchives
import Storage
import StoreServer
import TestSupport
import Testing
import WebArchive

struct CrawlTests {
  @Test func `whole archives by the listing`() throws {
    let small = try SmallCrawl()
    func archives(_ files: String) throws -> [String] {
      let query = try CrawlQuery("commoncrawl:\(SmallCrawl.name)?files=\(files)")
      return try Crawl(query, base: small.base, store: small.store).archives().map { "\($0)" }
    }
    let all = Set(small.pages.map { small.base + $0.file }).sorted()
    #expect(try archives("2") == Array(all[..<2]))
    #expect(try archives("1-3") == Array(all[1...3]))
    #expect(throws: CrawlError.self) { try archives("5") }
  }

  @Test(arguments: [0, 3000])
  func `records of a domain, however long the index is`(padding: Int) throws {
    let small = try SmallCrawl(padding: padding)
    let host = try #require(Set(small.pages.map { Self.host($0) }).sorted().first)
    let wanted = small.pages.filter { Self.host($0) == host }
    let query = try CrawlQuery("commoncrawl:\(SmallCrawl.name)?domain=\(host)")
    let found = try Crawl(query, base: small.base, store: small.store).records()
    #expect(Set(found.map(\.offset)) == Set(wanted.map(\.location.memberOffset)))
    #expect(found.count == wanted.count)
    // The index is not read whole.
    #expect(small.server.requests.count < 40)
  }

  @Test func `conditions, limits and the seed`() throws {
    let small = try SmallCrawl(padding: 50)
    func records(_ conditions: String) throws -> [Crawl.Place] {
      let query = try CrawlQuery("commoncrawl:\(SmallCrawl.name)?\(conditions)")
      return try Crawl(query, base: small.base, store: small.store).records()
    }
    let french = try records("language=fra")
    #expect(!french.isEmpty && french.allSatisfy { "\($0.uri)".contains("-fr") })
    #expect(try records("mime=image/png").isEmpty)
    let some = try records("mime=text/html&limit=4&seed=1")
    #expect(some.count == 4)
    #expect(try records("mime=text/html&limit=4&seed=1") == some)
    #expect(try records("mime=text/html&limit=4&seed=2") != some)
  }

  @Test func `the archive of chosen records leads back to where they stood`() throws {
    let small = try SmallCrawl()
    let place = TemporaryDirectory()
    let query = try CrawlQuery("commoncrawl:\(SmallCrawl.name)?mime=text/html&limit=7")
    let selection = CrawlSelection(
      query, base: small.base, store: small.store, directory: place.path)
    try selection.make { _, _ in }
    let requests = small.server.requests.count
    try selection.make { _, _ in }
    #expect(small.server.requests.count == requests)
    var reader = try ArchiveReader(
      path: selection.path, input: 0, archiveDigest: try Digest(ofFile: selection.path))
    var count = 0
    while let item = reader.next() {
      guard case .record(let record) = item else {
        Issue.record("\(item)")
        continue
      }
      count += 1
      let origin = try #require(
        try ArchiveOrigins.origin(of: selection.path, at: record.location.memberOffset))
      let page = try #require(
        small.pages.first {
          small.base + $0.file == origin.uri && $0.location.memberOffset == origin.offset
        })
      #expect(page.url == record.targetURI)
      #expect(page.location.memberLength == origin.length)
    }
    #expect(count == 7)
    #expect(try ArchiveOrigins.origin(of: selection.path, at: 1) == nil)
  }

  @Test func `an index that lies is an error`() throws {
    let small = try SmallCrawl()
    let folder = "cc-index/collections/\(SmallCrawl.name)/indexes/"
    let query = try CrawlQuery("commoncrawl:\(SmallCrawl.name)?domain=a.test")
    let crawl = Crawl(query, base: small.base, store: small.store)
    let hostile = [
      "test,a)/ 1\t../../cdx-0.gz\t0\t10\t1\n", "test,a)/ 1\tcdx-00000.gz\t-1\t10\t1\n",
      "test,a)/ 1\tcdx-00000.gz\t0\t99999999999\t1\n", "no index\n",
      String(repeating: "a", count: 100_000),
    ]
    for text in hostile {
      small.server.put(Array(text.utf8), folder + "cluster.idx", in: "public")
      #expect(throws: CrawlError.self) { try crawl.records() }
    }
    small.server.put(
      Array("test,a)/ 1\tcdx-00000.gz\t0\t10\t1\n".utf8), folder + "cluster.idx", in: "public")
    small.server.put([UInt8](repeating: 7, count: 10), folder + "cdx-00000.gz", in: "public")
    #expect(throws: CrawlError.self) { try crawl.records() }
    // What the lines of a block name must be records of the crawl.
    let line = "test,a)/ 1 {\"status\":\"200\",\"length\":\"9\",\"offset\":\"0\",\"filename\":"
    let lies = ["\"/etc/passwd\"}", "\"crawl-data/../x\"}", "\"crawl-data/x?y\"}", "7}"]
    let block = GzipFile.member(Array(lies.map { line + $0 }.joined(separator: "\n").utf8))
    small.server.put(block, folder + "cdx-00000.gz", in: "public")
    small.server.put(
      Array("test,a)/ 1\tcdx-00000.gz\t0\t\(block.count)\t1\n".utf8), folder + "cluster.idx",
      in: "public")
    #expect(try crawl.records().isEmpty)
  }

  private static func host(_ page: SmallCrawl.Page) -> String {
    page.key.prefix { $0 != ")" }.split(separator: ",").reversed().joined(separator: ".")
  }
}

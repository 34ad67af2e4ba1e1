import Compression
import Documents
import Foundation
import Hashing
import ObjectStores
import Pipelines
import Provenance
import Storage
import StoreServer
import TestSupport
import Testing

/// Archives that lie in stores give the bytes that archives on disk give.
@Suite struct RemoteInputTests {
  private let place = TemporaryDirectory()
  private let server: StoreServer

  /// The two smallest archives of the committed crawl.
  private static let fixtures = "Tests/Fixtures/crawl/[gs]*[re].warc.gz"

  init() throws {
    server = try StoreServer()
    for path in FileSystem.matching(Self.fixtures) {
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      server.put(try FileSystem.read(path), "crawl/" + name)
      server.put(try FileSystem.read(path), "crawl/" + name, in: "public")
    }
  }

  private var names: [String] {
    server.keys().map { String($0.dropFirst("crawl/".count)) }
  }

  private func pipeline(_ output: String, _ inputs: [String]) -> PipelineConfiguration {
    var pipeline = PipelineConfiguration()
    pipeline.output = place.file(output)
    pipeline.read.inputs = inputs
    pipeline.extract.pagesPerPart = 8
    pipeline.images.imagesPerPart = 16
    return pipeline
  }

  private func run(
    _ pipeline: PipelineConfiguration, through last: StageName = .curate
  ) async throws -> RunSummary {
    let endpoint = server.endpoint
    return try await Run(
      pipeline, stages: StageList.curation,
      stores: {
        var configuration = StoreConfiguration(
          endpoint: endpoint,
          access: .signed(
            Credentials(accessKey: StoreServer.accessKey, secretKey: StoreServer.secretKey)))
        configuration.retries.first = .milliseconds(1)
        configuration.retries.shortestOfWeb = .milliseconds(1)
        configuration.retries.attempts = 3
        return configuration
      }
    ).execute(through: last)
  }

  /// The digests of what a run made, by name.
  private func digests(_ output: String) throws -> [String: Digest] {
    let directory = RunDirectory(place.file(output))
    var found: [String: Digest] = [:]
    for folder in ["documents", "corpus/interleaved", "corpus/pairs", "corpus/text"] {
      for name in try Directory.names(in: directory.path(folder)) {
        found["\(folder)/\(name)"] = Digest(
          of: try FileSystem.read(directory.path("\(folder)/\(name)")))
      }
    }
    return found
  }

  @Test(arguments: [("s3", 8 << 30), ("https", 0)])
  func `the same bytes as from disk`(scheme: String, cacheBytes: Int) async throws {
    _ = try await run(pipeline("disk", [Self.fixtures]))
    let expected = try digests("disk")
    #expect(expected.count > 3)
    let inputs =
      scheme == "s3"
      ? ["s3://bucket/crawl/*.warc.gz"]
      : names.map { "\(server.endpoint)/public/crawl/\($0)?X-Amz-Signature=0123456789" }
    var remote = pipeline("remote", inputs)
    remote.read.cacheBytes = cacheBytes
    _ = try await run(remote)
    #expect(try digests("remote") == expected)
    let description = try FileSystem.readText(place.file("remote/run.json"))
    #expect(!description.contains("0123456789") && !description.contains(StoreServer.secretKey))
    // A run that is started again reads no archive: it asks only whether they are still the same.
    let before = server.requests.count
    let again = try await run(remote)
    #expect(again.stages.allSatisfy { $0.made == 0 })
    let asked = server.requests[before...]
    #expect(asked.allSatisfy { [nil, "bytes=0-0"].contains($0.fields["range"]) })
    #expect(server.requests.count - before <= names.count)
    let copies = try? Directory.names(in: place.file("remote/work/archives"))
    #expect((copies ?? []).count == (cacheBytes == 0 ? 0 : names.count))
  }

  /// A round trip for each image is what makes a far store slow.
  @Test func `curation asks a few times for many images`() async throws {
    var remote = pipeline("remote", ["s3://bucket/crawl/*.warc.gz"])
    remote.read.cacheBytes = 0
    remote.extract.pagesPerPart = 512
    _ = try await run(remote, through: .resolve)
    let before = server.requests.count
    _ = try await run(remote)
    var images = 0
    for name in try Directory.names(in: place.file("remote/work/shown")) {
      var reader = try JSONLinesReader<ResolvedImage>(path: place.file("remote/work/shown/\(name)"))
      while try reader.next() != nil { images += 1 }
    }
    let ranges = server.requests[before...].filter { $0.fields["range"] != nil }.count
    // Of each archive its beginning, and what a part shows of it.
    #expect(
      images > 4 * names.count && ranges <= 2 * names.count, "\(ranges) ranges for \(images) images"
    )
  }

  @Test(arguments: [
    ("s3://bucket/none/*.warc.gz", "no object matches"),
    ("s3://bucket/crawl/none", "does not exist"),
    ("s3://nobody/crawl/*", "bucket does not exist"), ("s3://", "is no address"),
    ("commoncrawl:CC-MAIN-2026-30", "say how much"), ("commoncrawl:x?files=1", "is no crawl"),
    ("commoncrawl:CC-MAIN-2026-30?hosts=a.test", "is no condition"),
    ("commoncrawl:CC-MAIN-2026-30?limit=0&domain=a.test", "limit is"),
    ("commoncrawl:CC-MAIN-2026-30?files=1&domain=a.test", "name one of them"),
  ]) func `what cannot be read is said before any work`(input: String, words: String) async throws {
    let text = await #expect(throws: (any Error).self) { try await run(pipeline("run", [input])) }
    #expect(text.map { "\($0)".contains(words) } == true, "\(text.map { "\($0)" } ?? "")")
  }

  @Test func `an archive that changes during a run is an error, not a loss`() async throws {
    let name = try #require(names.first)
    var remote = pipeline("remote", ["s3://bucket/crawl/\(name)"])
    remote.read.cacheBytes = 0
    _ = try await run(remote)
    let bytes = try #require(server.bytes("crawl/" + name))
    // The listing of the store is stale: the object is another than it says.
    server.change { [server] request, answer in
      if request.method == "HEAD" { server.put([1] + bytes, "crawl/" + name) }
      return answer
    }
    remote.extract.pagesPerPart = 7
    let fault = await #expect(throws: ObjectStoreError.self) { try await run(remote) }
    #expect(fault?.code == .changed)
  }
}

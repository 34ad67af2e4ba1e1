import Compression
import Documents
import Foundation
import Hashing
import ObjectStores
import Storage
import StoreServer
import TestSupport
import Testing

@testable import Pipelines

/// Images out of an archive that lies in a store: the bytes of one on disk, by few requests.
@Suite struct RemoteImageTests {
  /// Where images of 100 bytes and more stand in an archive, and what reading them costs.
  struct Layout: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The size of each image, and how many bytes nobody wants follow it.
    var images: [(bytes: Int, gap: Int)]
    /// The requests for ranges, the one for the archive's beginning not counted.
    var requests: Int
    /// The images in the order in which they are asked for; in that of the archive without.
    var order: [Int]?
  }

  private static let mebibyte = 1 << 20

  static let layouts = [
    Layout(testDescription: "one", images: [(100, 0)], requests: 1),
    Layout(
      testDescription: "neighbours", images: Array(repeating: (1000, 0), count: 200), requests: 1),
    Layout(
      testDescription: "small gaps", images: Array(repeating: (1000, 9000), count: 50), requests: 1),
    Layout(
      testDescription: "a gap as long as is bridged",
      images: [(100, mebibyte - 1000), (100, 0)], requests: 1),
    Layout(
      testDescription: "a longer gap", images: [(100, mebibyte), (100, 0)], requests: 2),
    Layout(
      testDescription: "longer gaps, out of order, twice",
      images: Array(repeating: (100, mebibyte), count: 5), requests: 5,
      order: [3, 0, 4, 4, 2, 1, 0, 3]),
    Layout(
      testDescription: "longer than a piece", images: [(9 * mebibyte, 0), (9 * mebibyte, 0)],
      requests: 3),
    // Two batches: the third does not fit into the first, whose bytes lie in a file.
    Layout(
      testDescription: "more than a batch", images: Array(repeating: (15 * mebibyte, 0), count: 3),
      requests: 6),
  ]

  private static func image(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8 &+ number) }
  }

  private let place = TemporaryDirectory()
  private let server: StoreServer

  init() throws { server = try StoreServer() }

  private func archive(_ layout: Layout) -> [UInt8] {
    var archive = ArchiveBuilder()
    for (number, image) in layout.images.enumerated() {
      archive.respond("http://a.test/\(number).png", "image/png", Self.image(number, image.bytes))
      if image.gap > 0 {
        let filling = [UInt8](repeating: 1, count: image.gap)
        archive.respond("http://a.test/\(number)", "text/plain", filling)
      }
    }
    return archive.bytes
  }

  /// Where the images of an archive stand, as the read stage finds them.
  private func images(_ bytes: [UInt8]) async throws -> [ResolvedImage] {
    var pipeline = PipelineConfiguration()
    pipeline.read.inputs = [place.file("a.warc")]
    pipeline.output = place.file("local")
    try AtomicFile.write(bytes, to: place.file("a.warc"))
    _ = try await Run(pipeline, stages: [ReadStage()]).execute()
    var reader = try JSONLinesReader<ArchivedResponse>(
      path: RunDirectory(pipeline.output).path(RunDirectory.records(0)))
    var images: [ResolvedImage] = []
    while let response = try reader.next() {
      images.append(
        ResolvedImage(
          digest: Digest(of: "\(images.count)".utf8), format: .png, width: 1, height: 1,
          byteCount: 1, isSingleColour: false, perceptualHash: PerceptualHash(bits: 0),
          record: response.id, location: response.location))
    }
    return images
  }

  /// A reader of images of the archive, which lies in the store.
  private func reader(_ bytes: [UInt8]) throws -> ImageBytesReader {
    server.put(bytes, "a.warc")
    let endpoint = server.endpoint
    var pipeline = PipelineConfiguration()
    pipeline.read.cacheBytes = 0
    let directory = RunDirectory(place.file("run"))
    let archives = pipeline.read.archives(in: directory) {
      StoreConfiguration(
        endpoint: endpoint,
        access: .signed(
          Credentials(accessKey: StoreServer.accessKey, secretKey: StoreServer.secretKey)))
    }
    let input = RunInput(
      input: 0, path: "s3://bucket/a.warc", byteCount: Int64(bytes.count),
      digest: Digest(of: bytes))
    return ImageBytesReader(
      try RunContext(
        configuration: pipeline, directory: directory, archives: archives, crawl: [input],
        ledger: nil, retriesFetches: false))
  }

  /// The requests for bytes, that for the beginning of the archive not counted.
  private var requests: Int { server.requests.filter { $0.fields["range"] != nil }.count - 1 }

  @Test(arguments: layouts) func aBatchIsBroughtByFewRequests(layout: Layout) async throws {
    let bytes = archive(layout)
    let images = try await images(bytes)
    #expect(images.count == layout.images.count)
    var reader = try reader(bytes)
    let order = layout.order ?? Array(images.indices)
    reader.expect(order.map { images[$0] })
    for number in order {
      let found = try reader.bytes(of: images[number])
      #expect(found == Self.image(number, layout.images[number].bytes))
    }
    #expect(requests == layout.requests)
    let copies = RunDirectory(place.file("run")).path(RunDirectory.archiveCopies)
    #expect(try !Directory.isDirectory(copies) || Directory.names(in: copies).isEmpty)
  }

  @Test func whatWasNotExpectedIsBroughtToo() async throws {
    let bytes = archive(
      Layout(
        testDescription: "", images: Array(repeating: (100, Self.mebibyte), count: 4), requests: 0))
    let images = try await images(bytes)
    var reader = try reader(bytes)
    for number in [2, 0, 2, 3] {
      #expect(try reader.bytes(of: images[number]) == Self.image(number, 100))
    }
    #expect(requests == 3)
    #expect(try reader.isAtHand(images[2]))
    #expect(try !reader.isAtHand(images[1]))
  }

  /// Memory is bounded: what was brought long ago is brought again.
  @Test func whatIsAtHandIsBounded() async throws {
    let size = 15 * Self.mebibyte
    let bytes = archive(
      Layout(testDescription: "", images: Array(repeating: (size, 0), count: 6), requests: 0))
    let images = try await images(bytes)
    var reader = try reader(bytes)
    reader.expect(images)
    for image in images { _ = try reader.bytes(of: image) }
    let held = try images.filter { try reader.isAtHand($0) }
    #expect(held == images.suffix(4))
    #expect(try reader.bytes(of: images[0]) == Self.image(0, size))
  }
}

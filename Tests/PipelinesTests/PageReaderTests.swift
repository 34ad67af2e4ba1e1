import Documents
import Pipelines
import Storage
import TestSupport
import Testing

@Suite struct PageReaderTests {
  private let place = TemporaryDirectory()

  private static let prose =
    "The lighthouse stands on the northern cape, where it has guided ships past the reef since 1871."

  /// An archive of pages of very different lengths, between records that are no pages.
  private func archive(pages: Int) throws -> String {
    var archive = ArchiveBuilder()
    archive.respond("http://a.test/i.png", "image/png", [1, 2, 3])
    for page in 0..<pages {
      let text = "<p>Page \(page). \(Self.prose)</p>"
      archive.page(
        "http://a.test/\(page)", String(repeating: text, count: page % 17 == 0 ? 2000 : 3))
      if page % 5 == 0 { archive.respond("http://a.test/\(page).css", "text/css", [1]) }
    }
    archive.page("http://a.test/empty", "")
    let path = place.file("pages.warc")
    try AtomicFile.write(archive.bytes, to: path)
    return path
  }

  private func read(_ path: String, threads: Int) async throws -> [String] {
    var lines: [String] = []
    try await PageReader.forEachPage(
      of: path, threads: threads,
      transform: { page in
        page.document.value.map { String(decoding: $0.json, as: UTF8.self) } ?? page.url
      },
      { lines.append($0) })
    return lines
  }

  @Test(arguments: [2, 3, 8, 64]) func theNumberOfThreadsChangesNothing(threads: Int) async throws {
    let path = try archive(pages: 300)
    let alone = try await read(path, threads: 1)
    #expect(alone.count == 301)
    #expect(try await read(path, threads: threads) == alone)
  }

  @Test(arguments: [1, 4]) func anArchiveWithoutPagesHasNone(threads: Int) async throws {
    let path = place.file("none.warc")
    try AtomicFile.write([UInt8](), to: path)
    #expect(try await read(path, threads: threads).isEmpty)
  }

  @Test(arguments: [1, 4]) func whatIsThrownEndsTheReading(threads: Int) async throws {
    let path = try archive(pages: 200)
    var seen = 0
    await #expect(throws: CancellationError.self) {
      try await PageReader.forEachPage(of: path, threads: threads, transform: { $0.url }) { _ in
        seen += 1
        if seen == 20 { throw CancellationError() }
      }
    }
    #expect(seen == 20)
    await #expect(throws: CancellationError.self) {
      try await PageReader.forEachPage(
        of: path, threads: threads, transform: { _ in throw CancellationError() },
        { (_: String) in })
    }
  }

  @Test func aMissingFileIsNamed() async {
    await #expect(throws: StorageError.self) { try await read(place.file("no.warc"), threads: 2) }
  }
}

import Documents
import Foundation
import Hashing
import Provenance
import Storage
import TestSupport
import Testing

@testable import Fetching

/// The state of each URL: what is asked for again, and what a killed run leaves.
struct ResumeTests {
  private func ledger(_ directory: TemporaryDirectory) throws -> Ledger {
    try Ledger.create(
      path: directory.file("provenance.sqlite"),
      run: RunDescription(id: "probe", format: 1, weft: "test", pipeline: "{}"))
  }

  /// The image of a path: each has its own.
  private static func image(_ path: String) -> [UInt8] {
    Step.png + path.utf8
  }

  /// Checks that the record of a state holds the bytes it speaks of.
  private func expectStored(_ row: FetchRow, _ bytes: [UInt8], in directory: String) throws {
    let kept = try #require(row.kept)
    #expect(kept.digest == Digest(of: bytes))
    let file = try MappedFile(path: "\(directory)/images-0000\(kept.place.segment).warc")
    let start = Int(kept.place.offset)
    let record = file.copy(start..<start + Int(kept.place.length))
    #expect(record.starts(with: "WARC/1.1\r\n".utf8))
    #expect(record.dropLast(4).suffix(bytes.count).elementsEqual(bytes))
  }

  @Test func `a second run asks only for what may have passed`() throws {
    let directory = TemporaryDirectory()
    let server = try HostileServer([
      "/image": Step.image(), "/gone": Step.status(410), "/failing": Step.status(500),
      "/moved": Step.redirect("/image"),
    ])
    let urls =
      ["/image", "/gone", "/failing", "/moved", "/image#again"].map {
        server.url($0)
      } + ["no address"]
    let ledger = try ledger(directory)
    let fetched = directory.file("fetched")
    var configuration = testConfiguration()
    configuration.attempts = 1
    let fetch = RecordedFetch(
      try Fetcher(configuration), ledger: ledger, directory: fetched)
    let first = try fetch.fetch(urls)
    #expect(first.urls.entered == 5 && first.urls.kept == 2)
    let row = try #require(try ledger.fetch(url: server.url("/moved")))
    try expectStored(row, Step.png, in: fetched)
    #expect(row.kept?.finalURL == server.url("/image"))
    #expect(row.requests == 2)
    #expect(try fetch.fetch(urls).urls.entered == 0)
    #expect(server.requestCount == 5)
    let third = try fetch.fetch(urls, .newAndPassing)
    #expect(third.urls.dropped == ["serverErrorStatus": 1])
    #expect(try ledger.fetch(url: server.url("/failing"))?.requests == 2)
    #expect(try ledger.fetch(url: server.url("/gone"))?.mayPass == false)
    #expect(try ledger.fetchCounts().entered == 5)
    server.stop()
  }

  @Test func `a run that is stopped has recorded what came`() throws {
    let directory = TemporaryDirectory()
    let server = try HostileServer { Step.answer(200, [], Self.image($0.path)) }
    defer { server.stop() }
    let ledger = try ledger(directory)
    let fetch = RecordedFetch(
      try Fetcher(testConfiguration()), ledger: ledger, directory: directory.file("fetched"))
    var done = 0
    #expect(throws: CancellationError.self) {
      try fetch.fetch(
        (0..<20_000).map { server.url("/\($0)") }, isStopped: { done >= 20 },
        progress: { done += 1 })
    }
    #expect(try ledger.fetchCounts().kept == done)
  }

  @Test func `killed in the middle no URL is lost, and none recorded is asked for again`() throws {
    let directory = TemporaryDirectory()
    let server = try HostileServer { Step.answer(200, [], Self.image($0.path)) }
    defer { server.stop() }
    let count = 2_000
    var asked: [String: Int] = [:]
    for goal in [50, 400, 900, 1_600, 100_000] {
      try probe(directory.path, server.port, count) { server.requestCount >= goal }
      // What was recorded at the last kill has not been asked for since.
      let requests = server.requests
      var last: [String: Int] = [:]
      for (index, request) in requests.enumerated() { last[request.path] = index }
      #expect(asked.allSatisfy { path, before in (last[path] ?? 0) < before })
      let total = requests.count
      for row in try ledger(directory).fetches() where asked[Self.path(row)] == nil {
        asked[Self.path(row)] = total
      }
    }
    let rows = try ledger(directory).fetches()
    #expect(rows.count == count)
    var files: [Int: MappedFile] = [:]
    for segment in try ledger(directory).fetchSegments() {
      let path = directory.file("fetched/images-0000\(segment).warc")
      files[segment] = try MappedFile(path: path)
    }
    for row in rows {
      let (image, place) = (Self.image(Self.path(row)), try #require(row.kept?.place))
      let end = Int(place.offset + place.length) - 4
      let whole = try #require(files[place.segment])
      if !whole.copy(end - image.count..<end).elementsEqual(image) {
        Issue.record("the record of \(row.url) holds other bytes")
      }
    }
    #expect(Set(rows.compactMap { $0.kept?.place }).count == count)
  }

  @Test func `what is on the disk is not fetched again where the ledger was removed`() throws {
    let directory = TemporaryDirectory()
    let server = try HostileServer([
      "/a": Step.image(), "/b": Step.redirect("/a"),
      "/c": Step.answer(200, [], Step.png + [1, 2, 3]),
    ])
    defer { server.stop() }
    let urls = ["/a", "/b", "/c"].map { server.url($0) }
    let fetched = directory.file("fetched")
    let fetcher = try Fetcher(testConfiguration())
    try RecordedFetch(fetcher, ledger: try ledger(directory), directory: fetched).fetch(urls)
    let before = server.requestCount
    try FileSystem.remove(directory.file("provenance.sqlite"))
    // A run that was killed left the beginning of a record.
    let path = fetched + "/images-00000.warc"
    let beginning = try FileSystem.read(path).prefix(200)
    try AppendedFile(path: path).append(Array(beginning))
    let anew = try ledger(directory)
    let statistics = try RecordedFetch(fetcher, ledger: anew, directory: fetched).fetch(urls)
    #expect(statistics.urls.entered == 0)
    #expect(server.requestCount == before)
    for (url, bytes) in zip(urls, [Step.png, Step.png, Step.png + [1, 2, 3]]) {
      try expectStored(try #require(try anew.fetch(url: url)), bytes, in: fetched)
    }
    #expect(try anew.fetch(url: urls[1])?.kept?.finalURL == urls[0])
  }

  @Test func `every truncation of an archive gives the records before it`() throws {
    let directory = TemporaryDirectory()
    let server = try HostileServer(["/a": Step.image(), "/b": Step.image()])
    defer { server.stop() }
    let fetched = directory.file("fetched")
    let fetcher = try Fetcher(testConfiguration())
    try RecordedFetch(fetcher, ledger: try ledger(directory), directory: fetched)
      .fetch(["/a", "/b"].map { server.url($0) })
    let whole = try FileSystem.read(fetched + "/images-00000.warc")
    let first = try #require(try FetchedArchive.recover(fetched).first?.kept?.place.length)
    for count in 0...whole.count {
      let other = directory.file("cut")
      let file = try AppendedFile(path: other + "/images-00000.warc", keeping: 0)
      try file.append(Array(whole.prefix(count)))
      let expected = count == whole.count ? 2 : count >= Int(first) ? 1 : 0
      #expect(try FetchedArchive.recover(other).count == expected, "\(count)")
    }
  }

  private static func path(_ row: FetchRow) -> String {
    "/" + (row.url.split(separator: "/").last ?? "")
  }

  /// Runs the probe until it has ended, or kills it when a condition holds.
  private func probe(
    _ directory: String, _ port: UInt16, _ count: Int, killedWhen condition: () -> Bool
  ) throws {
    let process = Process()
    // The build puts it beside the test bundle.
    let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    process.executableURL = URL(filePath: bundle).deletingLastPathComponent()
      .appending(path: "FetchProbe")
    process.arguments = [directory, String(port), String(count)]
    try process.run()
    while process.isRunning {
      if condition() { kill(process.processIdentifier, SIGKILL) }
      usleep(2_000)
    }
    process.waitUntilExit()
  }
}

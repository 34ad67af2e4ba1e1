import Documents
import Provenance
import Storage
import TestSupport
import Testing

@Suite struct OpeningTests {
  let directory = TemporaryDirectory()
  var path: String { directory.file("provenance.sqlite") }

  private func code(_ body: () throws -> Void) -> LedgerError.Code? {
    do {
      try body()
      return nil
    } catch { return (error as? LedgerError)?.code }
  }

  @Test func aMissingFileIsNoLedger() {
    #expect(code { _ = try Ledger.open(path: path) } == .notALedger)
  }

  @Test(arguments: ["", "x", "SQLite format 3\0", String(repeating: "no database ", count: 1000)])
  func otherFilesAreNoLedger(text: String) throws {
    try AtomicFile.write(text, to: path)
    #expect(code { _ = try Ledger.open(path: path) } == .notALedger)
  }

  @Test func everyTruncationIsAnError() throws {
    _ = try Ledger.create(path: path, run: exampleRun)
    let bytes = try FileSystem.read(path)
    for length in stride(from: 0, to: min(bytes.count, 4000), by: 97) {
      let cut = directory.file("cut.sqlite")
      try AtomicFile.write(bytes[..<length], to: cut)
      #expect(code { _ = try Ledger.open(path: cut) } != nil, "\(length) bytes")
    }
  }

  @Test func anotherRunIsRefused() throws {
    _ = try Ledger.create(path: path, run: exampleRun)
    var other = exampleRun
    other.id = "ffff"
    #expect(code { _ = try Ledger.create(path: path, run: other) } == .otherRun)
  }

  /// The version stands at byte 60 of an SQLite file, the application at byte 68, most significant
  /// byte first (<https://www.sqlite.org/fileformat2.html>).
  @Test(arguments: [(63, LedgerError.Code.otherVersion), (71, .notALedger)])
  func anotherVersionIsRefusedWithARemedy(place: Int, expected: LedgerError.Code) throws {
    _ = try Ledger.create(path: path, run: exampleRun)
    var bytes = try FileSystem.read(path)
    bytes[place] = 9
    try AtomicFile.write(bytes, to: path)
    for open in [
      { _ = try Ledger.open(path: path) }, { _ = try Ledger.create(path: path, run: exampleRun) },
    ] {
      #expect(code(open) == expected)
    }
    #expect(throws: LedgerError.self) {
      do {
        _ = try Ledger.open(path: path)
      } catch {
        #expect("\(error)".contains(expected == .otherVersion ? "version 9" : "weft run"))
        throw error
      }
    }
  }

  /// What no part holds is taken over, and the rows are those of a new ledger.
  @Test func theVersionBeforeIsMadeAnew() throws {
    var fetch = FetchRow(url: "https://example.org/a.png", requests: 1, fetched: 5)
    fetch.reason = Reason.Code("timeOut")
    let part = try Part(exampleRows(1), at: directory.file("part"))
    func make(_ path: String) throws -> Ledger {
      let ledger = try Ledger.create(path: path, run: exampleRun)
      try ledger.record([fetch])
      return ledger
    }
    _ = try make(path).merge(part)
    var bytes = try FileSystem.read(path)
    bytes[63] = 3
    try AtomicFile.write(bytes, to: path)
    let error = #expect(throws: LedgerError.self) { _ = try Ledger.open(path: path) }
    #expect(error?.code == .otherVersion)
    #expect(error?.message.contains("`weft run`") == true)
    var other = exampleRun
    other.id = "ffff"
    #expect(code { _ = try Ledger.create(path: path, run: other) } == .otherRun)
    #expect(try FileSystem.read(path) == bytes)
    let renewed = try Ledger.create(path: path, run: exampleRun)
    let fresh = try make(directory.file("fresh.sqlite"))
    #expect(try renewed.lines() == fresh.lines())
    #expect(try renewed.merge(part) && fresh.merge(part))
    #expect(try renewed.lines() == fresh.lines())
  }

  @Test func aRunIsFoundAgain() throws {
    _ = try Ledger.create(path: path, run: exampleRun)
    #expect(try Ledger.open(path: path).run == exampleRun)
    #expect(try Ledger.create(path: path, run: exampleRun).run == exampleRun)
    #expect(try Directory.names(in: directory.path) == ["provenance.sqlite"])
  }

  @Test func aLedgerOpenForReadingRefusesToMerge() throws {
    _ = try Ledger.create(path: path, run: exampleRun)
    let part = try Part(exampleRows(1), at: directory.file("part"))
    let ledger = try Ledger.open(path: path)
    #expect(throws: LedgerError.self) { _ = try ledger.merge(part) }
  }

  /// A process that is killed while it merges leaves a rollback journal behind.
  ///
  /// This one undoes nothing, but SQLite has to find that out
  /// (<https://www.sqlite.org/fileformat2.html>, §3).
  @Test func aKilledMergeIsUndoneByWhoOpensNext() throws {
    _ = try Ledger.create(path: path, run: exampleRun)
    let pageSize: UInt32 = 8192
    let pages = UInt32(try FileSystem.read(path).count) / pageSize
    var journal: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
    for field in [0, 0, pages, 512, pageSize] {
      journal += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: field >> $0) }
    }
    journal += [UInt8](repeating: 0, count: 512 - journal.count)
    try AtomicFile.write(journal, to: path + "-journal")
    #expect(try Ledger.open(path: path).run == exampleRun)
    #expect(try Directory.names(in: directory.path) == ["provenance.sqlite"])
  }
}

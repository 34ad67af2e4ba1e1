import Storage
import TestSupport
import Testing

@testable import Provenance

@Suite struct SchemaTests {
  /// The text of the schema in the target is that of the file.
  @Test func textIsThatOfTheFile() throws {
    let file = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let text = try FileSystem.readText("/" + file + "/schemas/v4-provenance.sql")
    #expect(text == LedgerSchema.sql + "\n")
    #expect(text.contains("PRAGMA user_version = \(LedgerSchema.version);"))
    #expect(text.contains("PRAGMA application_id = \(LedgerSchema.applicationID);"))
  }

  /// Each bucket holds its own smallest value, and buckets leave no gap.
  @Test func bucketsCoverAllValues() {
    var lower = 0
    while lower < 1 << 40 {
      let width = Histogram.width(of: lower)
      #expect(Histogram.bucket(of: lower) == lower)
      #expect(Histogram.bucket(of: lower + width - 1) == lower)
      #expect(width == 1 || width * 8 <= lower)
      lower += width
    }
    #expect(Histogram.bucket(of: -5) == 0)
  }
}

import Testing

@testable import Provenance

@Suite struct SchemaTests {
  @Test func textStatesTheVersionThatIsRead() {
    #expect(LedgerSchema.sql.contains("PRAGMA user_version = \(LedgerSchema.version);"))
    #expect(LedgerSchema.sql.contains("PRAGMA application_id = \(LedgerSchema.applicationID);"))
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

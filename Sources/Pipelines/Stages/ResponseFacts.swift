internal import Documents
internal import Provenance
internal import WebAddress
internal import WebArchive

/// What the read stage finds out about a record: whether it is a page, an image or a redirect, and if
/// none of them, why it goes no further.
struct ResponseFacts {
  var kind: ArchivedResponse.Kind?
  var status: Int?
  var mediaType: String?
  var target: String?
  /// The record that a revisit repeats.
  var original: RecordReference?
  var reason: Reason?

  /// What later stages need to know of the record, if they use it.
  func response(of record: WARCRecord) -> ArchivedResponse? {
    guard let kind, let url = record.targetURI else { return nil }
    return ArchivedResponse(
      id: record.id, kind: kind, url: url, location: record.location, original: original,
      target: target)
  }

  /// The record's row of the ledger.
  func row(of record: WARCRecord) -> RecordRow {
    RecordRow(
      id: record.id, location: record.location,
      kind: kind == .page ? .page : kind == .image ? .image : .other, url: record.targetURI,
      status: status, mediaType: mediaType, original: original?.id, reason: reason?.code)
  }
}

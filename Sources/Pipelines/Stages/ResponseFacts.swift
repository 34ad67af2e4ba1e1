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
  var reason: Reason?

  init(_ record: WARCRecord) {
    guard record.kind == .response else {
      reason = Reason(.notAResponse)
      return
    }
    guard let url = record.targetURI.flatMap({ WebURL(parsing: $0) }) else {
      reason = Reason(.noURL, detail: record.targetURI)
      return
    }
    switch record.httpResponse {
    case .dropped(let why): reason = why
    case .kept(let response): classify(response, url: url)
    }
  }

  private mutating func classify(_ head: HTTPResponse, url: WebURL) {
    status = head.status
    mediaType = head.mediaType
    if (300..<400).contains(head.status), let location = head.fields["location"],
      let target = WebURL(parsing: location, base: url)
    {
      kind = .redirect
      self.target = target.serialized
    } else if head.status != 200 {
      reason = Reason(.statusNotOK, measured: Double(head.status))
    } else if head.mediaType == "text/html" || head.mediaType == "application/xhtml+xml" {
      kind = .page
    } else if head.mediaType?.hasPrefix("image/") == true {
      kind = .image
    } else {
      reason = Reason(.otherMediaType, detail: head.mediaType)
    }
  }

  /// What later stages need to know of the record, if they use it.
  func response(of record: WARCRecord) -> ArchivedResponse? {
    guard let kind, let url = record.targetURI else { return nil }
    return ArchivedResponse(
      id: record.id, kind: kind, url: url, location: record.location, target: target)
  }

  /// The record's row of the ledger.
  func row(of record: WARCRecord) -> RecordRow {
    RecordRow(
      id: record.id, location: record.location,
      kind: kind == .page ? .page : kind == .image ? .image : .other, url: record.targetURI,
      status: status, mediaType: mediaType, reason: reason?.code)
  }
}

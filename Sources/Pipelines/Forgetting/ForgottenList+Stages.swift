internal import Documents
internal import Provenance

extension ForgottenList {
  /// A record's row without the address, where that was forgotten.
  ///
  /// The row stays: the archive is the user's, and that it holds a record here is no secret of it.
  func redacted(_ row: RecordRow) -> RecordRow {
    guard let url = row.url, match(url) else { return row }
    var redacted = row
    redacted.url = nil
    return redacted
  }

  /// A response as the read stage hands it on, without addresses that were forgotten.
  ///
  /// It keeps its place, so that the stages behind divide their work as before.
  func redacted(_ response: ArchivedResponse) -> ArchivedResponse {
    var redacted = response
    if match(response.url) { redacted.url = Self.address }
    if let target = response.target, match(target) { redacted.target = nil }
    return redacted
  }

  /// What image addresses lead to, without what was forgotten.
  func removed(
    from images: [String: Decision<ResolvedImage>]
  ) -> [String: Decision<ResolvedImage>] {
    if isEmpty { return images }
    var rest = images
    for (url, decision) in images where match(url) || decision.value.map(match) ?? false {
      rest[url] = .dropped(Reason(.forgotten))
    }
    return rest
  }
}

internal import Documents
internal import WebAddress
internal import WebArchive

/// The records of one archive as they are met, in order, told apart by what they hold.
///
/// Bodies are not decoded: the head of a response says enough.
struct ArchivedRecords {
  private var revisits = RevisitIndex()

  /// Finds out what a record is.
  mutating func facts(of record: WARCRecord) -> ResponseFacts {
    var facts = ResponseFacts()
    guard [.response, .resource, .revisit].contains(record.kind) else {
      facts.reason = Reason(.notAResponse)
      return facts
    }
    guard let url = record.targetURI.flatMap({ WebURL(parsing: $0) }) else {
      facts.reason = Reason(.noURL, detail: record.targetURI)
      return facts
    }
    let head = HTTPHead.archived(by: record)
    if record.kind == .revisit {
      facts.classifyRevisit(head.value, url: url) {
        revisits.original(of: record, url: url.normalized)
      }
      return facts
    }
    switch head {
    case .dropped(let reason): facts.reason = reason
    case .kept(let head):
      facts.classify(head, url: url)
      if facts.kind == .page || facts.kind == .image {
        revisits.add(record, url: url.normalized, mediaType: facts.mediaType)
      }
    }
    return facts
  }
}

extension ResponseFacts {
  /// Tells a response by its head.
  fileprivate mutating func classify(_ head: HTTPHead, url: WebURL) {
    status = head.status
    mediaType = head.mediaType
    if (300..<400).contains(head.status), let location = head.fields["location"],
      let target = WebURL(parsing: location, base: url)
    {
      kind = .redirect
      self.target = target.serialized
    } else if head.status != 200 {
      reason = Reason(.statusNotOK, measured: Double(head.status))
    } else {
      classifyPayload()
    }
  }

  private mutating func classifyPayload() {
    if mediaType == "text/html" || mediaType == "application/xhtml+xml" {
      kind = .page
    } else if mediaType?.hasPrefix("image/") == true {
      kind = .image
    } else {
      reason = Reason(.otherMediaType, detail: mediaType)
    }
  }

  /// Tells a revisit by its own head, as far as it has one, and by the record that it repeats.
  fileprivate mutating func classifyRevisit(
    _ head: HTTPHead?, url: WebURL, original find: () -> RevisitIndex.Original?
  ) {
    if let head, head.status != 304 {
      classify(head, url: url)
      // Without a media type of its own it has that of the record it repeats.
      if kind == .redirect || reason?.code == .statusNotOK || head.mediaType != nil && kind == nil {
        return
      }
    }
    (kind, reason) = (nil, nil)
    guard let original = find() else {
      reason = Reason(.originalNotInArchive)
      return
    }
    if original.isKnownHere {
      reason = Reason(.unchanged)
      return
    }
    // The payload was stored with a status of 200.
    if status == nil { status = 200 }
    mediaType = mediaType ?? original.mediaType
    self.original = original.record
    classifyPayload()
  }
}

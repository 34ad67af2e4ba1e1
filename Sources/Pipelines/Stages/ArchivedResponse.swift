internal import Documents
internal import WebArchive

/// A response of an archive that later stages use, as the read stage hands it on.
struct ArchivedResponse: Codable, Sendable {
  enum Kind: String, Codable {
    /// An HTML page.
    case page
    /// An image.
    case image
    /// A redirect to ``ArchivedResponse/target``.
    case redirect
  }

  /// The record's identity.
  var id: RecordID
  /// What the response holds.
  var kind: Kind
  /// The URL the response answers, as the archive writes it.
  var url: String
  /// Where the record stands.
  var location: RecordLocation
  /// The record that holds the payload, where the record itself is a revisit of it.
  var original: RecordReference?
  /// The absolute URL a redirect leads to.
  var target: String?

  /// The record that holds the payload's bytes.
  var payload: RecordReference { original ?? RecordReference(id: id, location: location) }
}

extension RecordReader {
  /// Reads the response again that the read stage handed on.
  func response(_ response: ArchivedResponse) -> Decision<HTTPResponse> {
    self.response(at: response.location, repeating: response.original?.location)
  }
}

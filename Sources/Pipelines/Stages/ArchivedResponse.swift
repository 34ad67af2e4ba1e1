internal import Documents

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
  /// The absolute URL a redirect leads to.
  var target: String?
}

internal import Documents

/// What decoding an image response gave, as the images stage hands it on.
struct ImageOutcome: Codable, Sendable {
  /// The record's identity.
  var record: RecordID
  /// The URL the response answers.
  var url: String
  /// The facts of the image, where it could be decoded.
  var image: ResolvedImage?
  /// Why it could not, otherwise.
  var reason: Reason?
}

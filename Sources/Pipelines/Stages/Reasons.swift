internal import Documents

extension Reason.Code {
  /// The record is no HTTP response: a request, metadata, or the archive's description of itself.
  static let notAResponse = Reason.Code("notAResponse")
  /// The response's status says that it holds no page and no image.
  static let statusNotOK = Reason.Code("statusNotOK")
  /// The response holds neither HTML nor an image.
  static let otherMediaType = Reason.Code("otherMediaType")
  /// The record names no URL that can be parsed.
  static let noURL = Reason.Code("noURL")
  /// The archive has no response for the image's URL.
  static let notInArchive = Reason.Code("notInArchive")
}

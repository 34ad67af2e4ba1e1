internal import Documents

extension Reason.Code {
  /// The record holds nothing that a URL answered: a request, metadata, or the archive's description
  /// of itself.
  static let notAResponse = Reason.Code("notAResponse")
  /// The response's status says that it holds no page and no image.
  static let statusNotOK = Reason.Code("statusNotOK")
  /// The response holds neither HTML nor an image.
  static let otherMediaType = Reason.Code("otherMediaType")
  /// The record names no URL that can be parsed.
  static let noURL = Reason.Code("noURL")
  /// The record repeats another that does not stand before it in its archive.
  static let originalNotInArchive = Reason.Code("originalNotInArchive")
  /// The record repeats another of the same URL.
  static let unchanged = Reason.Code("unchanged")
  /// The archive has no response for the image's URL.
  static let notInArchive = Reason.Code("notInArchive")
}

public import Documents

extension Reason.Code {
  /// Another page of the same normalised URL is kept; the detail is its identity.
  public static let duplicateURL = Reason.Code("duplicateURL")
  /// Another document of the same words is kept; the detail is its identity.
  public static let duplicateText = Reason.Code("duplicateText")
  /// Another document with the same set of image URLs is kept; the detail is its identity.
  public static let duplicateImageSet = Reason.Code("duplicateImageSet")
  /// Another document with nearly the same words is kept; the detail is its identity.
  public static let nearDuplicate = Reason.Code("nearDuplicate")
  /// The block is on too many pages of its host, and another of them keeps it; the detail is its
  /// identity.
  public static let duplicateParagraph = Reason.Code("duplicateParagraph")
}

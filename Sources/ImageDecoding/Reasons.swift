public import Documents

extension Reason.Code {
  /// The bytes are no JPEG, PNG, still WebP, GIF or AVIF file.
  public static let unsupportedFormat = Reason.Code("unsupportedFormat")
  /// The file is damaged or cut short.
  public static let brokenImage = Reason.Code("brokenImage")
  /// The file has more bytes than are decoded.
  public static let imageTooLarge = Reason.Code("imageTooLarge")
  /// The image has more pixels than are decoded.
  public static let tooManyPixels = Reason.Code("tooManyPixels")
  /// One side of the image is longer than is decoded.
  public static let imageSideTooLong = Reason.Code("imageSideTooLong")
}

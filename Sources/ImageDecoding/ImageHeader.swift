public import Documents

/// What an image file says of itself before its pixels.
public struct ImageHeader: Hashable, Sendable {
  /// The file format, read from the bytes.
  public var format: ResolvedImage.Format
  /// The width in pixels, as shown: after the orientation.
  public var width: Int
  /// The height in pixels, as shown: after the orientation.
  public var height: Int
  /// How the stored rows and columns are turned for showing.
  var orientation: Orientation

  init(
    format: ResolvedImage.Format, storedWidth: Int, storedHeight: Int,
    orientation: Orientation = .upright
  ) {
    self.format = format
    self.orientation = orientation
    width = orientation.swapsSides ? storedHeight : storedWidth
    height = orientation.swapsSides ? storedWidth : storedHeight
  }

  /// The width of the stored rows.
  var storedWidth: Int { orientation.swapsSides ? height : width }
  /// The number of stored rows.
  var storedHeight: Int { orientation.swapsSides ? width : height }
  /// The number of pixels; never overflows, since no format counts beyond 32 bits a side.
  var pixelCount: Int { width.multipliedReportingOverflow(by: height).partialValue }
}

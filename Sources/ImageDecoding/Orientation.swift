/// How the stored rows and columns of a photograph are turned for showing.
///
/// The numbers are those of tag 274, Orientation, of the EXIF standard (CIPA DC-008, §4.6.5).
enum Orientation: Int, Hashable, Sendable {
  case upright = 1
  case mirrored = 2
  case upsideDown = 3
  case flipped = 4
  case transposed = 5
  case turnedRight = 6
  case transversed = 7
  case turnedLeft = 8

  /// Whether width and height are exchanged for showing.
  var swapsSides: Bool { rawValue >= 5 }
}

extension DecodedImage {
  /// Turns the stored pixels for showing.
  func turned(_ orientation: Orientation) -> DecodedImage {
    if orientation == .upright { return self }
    let columns = orientation.swapsSides ? height : width
    let rows = orientation.swapsSides ? width : height
    // The stored place of the first shown pixel, and the steps to its right and lower neighbours.
    let stride = width
    let last = width * height - 1
    let (first, right, down) =
      switch orientation {
      case .upright: (0, 1, stride)
      case .mirrored: (stride - 1, -1, stride)
      case .upsideDown: (last, -1, -stride)
      case .flipped: (last - stride + 1, 1, -stride)
      case .transposed: (0, stride, 1)
      case .turnedRight: (last - stride + 1, -stride, 1)
      case .transversed: (last, -stride, -1)
      case .turnedLeft: (stride - 1, stride, -1)
      }
    var turned: [UInt8] = []
    turned.reserveCapacity(pixels.count)
    for row in 0..<rows {
      var place = first + row * down
      for _ in 0..<columns {
        turned.append(pixels[3 * place])
        turned.append(pixels[3 * place + 1])
        turned.append(pixels[3 * place + 2])
        place += right
      }
    }
    return DecodedImage(width: columns, height: rows, pixels: turned)
  }
}

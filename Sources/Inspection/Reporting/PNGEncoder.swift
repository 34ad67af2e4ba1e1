internal import Compression
package import ImageDecoding

/// Writes pixels as a PNG file (ISO/IEC 15948): 8-bit RGB, not interlaced.
///
/// The report shows pages' images as pixels that weft decoded and wrote anew, never as the bytes
/// that came from a stranger.
package enum PNGEncoder {
  /// The file of an image.
  package static func encode(_ image: DecodedImage) -> [UInt8] {
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let header = bytes(UInt32(image.width)) + bytes(UInt32(image.height)) + [8, 2, 0, 0, 0]
    append("IHDR", header, to: &file)
    append("IDAT", CompressionFormat.zlib.compress(filtered(image)), to: &file)
    append("IEND", [], to: &file)
    return file
  }

  /// The rows, each by the filter that leaves the smallest sum of differences, as the standard
  /// recommends (§12.8).
  private static func filtered(_ image: DecodedImage) -> [UInt8] {
    let stride = image.width * 3
    var output: [UInt8] = []
    output.reserveCapacity((stride + 1) * image.height)
    var above = [UInt8](repeating: 0, count: stride)
    for row in 0..<image.height {
      let line = Array(image.pixels[row * stride..<(row + 1) * stride])
      let candidates = [
        line, subtracted(line, above, .left), subtracted(line, above, .above),
        subtracted(line, above, .paeth),
      ]
      // The numbers of the filters none, Sub, Up and Paeth.
      let numbers: [UInt8] = [0, 1, 2, 4]
      let best = zip(candidates.map(cost), candidates.indices).min { $0 < $1 }?.1 ?? 0
      output.append(numbers[best])
      output += candidates[best]
      above = line
    }
    return output
  }

  private enum Predictor { case left, above, paeth }

  private static func subtracted(
    _ line: [UInt8], _ above: [UInt8], _ predictor: Predictor
  ) -> [UInt8] {
    line.indices.map { index in
      let left = index >= 3 ? line[index - 3] : 0
      let upper = above[index]
      let corner = index >= 3 ? above[index - 3] : 0
      let prediction =
        switch predictor {
        case .left: left
        case .above: upper
        case .paeth: paeth(Int(left), Int(upper), Int(corner))
        }
      return line[index] &- prediction
    }
  }

  private static func paeth(_ left: Int, _ above: Int, _ corner: Int) -> UInt8 {
    let estimate = left + above - corner
    let distances = (
      abs(estimate - left), abs(estimate - above), abs(estimate - corner)
    )
    if distances.0 <= distances.1 && distances.0 <= distances.2 { return UInt8(left) }
    return UInt8(distances.1 <= distances.2 ? above : corner)
  }

  private static func cost(_ line: [UInt8]) -> Int {
    line.reduce(0) { $0 + Int(Int8(bitPattern: $1).magnitude) }
  }

  private static func append(_ kind: String, _ content: [UInt8], to file: inout [UInt8]) {
    let body = Array(kind.utf8) + content
    file += bytes(UInt32(content.count)) + body + bytes(checksum(body))
  }

  private static func bytes(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// CRC-32 of ISO 3309, as PNG's annex D gives it.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { remainder, byte in
      table[Int(UInt8(truncatingIfNeeded: remainder) ^ byte)] ^ remainder >> 8
    }
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { remainder, _ in
      remainder & 1 == 1 ? 0xEDB8_8320 ^ remainder >> 1 : remainder >> 1
    }
  }
}

import Foundation
import TestSupport

extension PNGFile {
  /// A picture whose low frequencies are all far from zero: it looks the same at every size.
  static func waves(width: Int, height: Int) -> [UInt8] {
    func level(_ across: Double, _ down: Double) -> UInt8 {
      var sum = 128.0
      for index in 1..<64 {
        // As many above the median as below it, and none near.
        let sign = index.nonzeroBitCount % 2 == 0 ? 4.0 : -4.0
        sum += sign * cos(.pi * Double(index / 8) * down) * cos(.pi * Double(index % 8) * across)
      }
      return UInt8(min(255, max(0, sum)))
    }
    return rgb(width: width, height: height) { x, y in
      let grey = level((Double(x) + 0.5) / Double(width), (Double(y) + 0.5) / Double(height))
      return (grey, grey, grey)
    }
  }
}

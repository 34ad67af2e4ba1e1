import Documents
import Foundation
import ImageDecoding

/// Measures decoding image files and scaling them down, as the corpora do where images are too large.
///
///     thumbnails SIDE FOLDER
///
/// Reads all files of a folder into memory, then decodes each to fit in SIDE by SIDE pixels on one
/// thread. Prints how many could be decoded and the CPU seconds that decoding and scaling took.
@main
struct Thumbnails {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count == 2, let side = arguments.first.flatMap({ Int($0) }), side > 0,
      let folder = arguments.last
    else {
      FileHandle.standardError.write(Data("usage: thumbnails SIDE FOLDER\n".utf8))
      exit(64)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    let files = try names.map {
      Array(try Data(contentsOf: URL(filePath: folder).appending(path: $0)))
    }
    var decoded = 0
    var pixels = 0
    let start = cpuTime()
    for file in files {
      guard let image = ImageDecoder.decode(file, fitting: side).value else { continue }
      decoded += 1
      pixels += image.width * image.height
    }
    print(decoded, pixels, Double(cpuTime() - start) / 1e9)
  }

  private static func cpuTime() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

import Foundation
import ImageDecoding
import Testing

/// What Pillow and ImageHash read from the fixtures; `Fixtures/README.md` says how they were made.
struct Goldens: Decodable {
  struct Image: Decodable {
    var width: Int
    var height: Int
    var pixels: Data
    var perceptualHash: String

    var decoded: DecodedImage {
      DecodedImage(width: width, height: height, pixels: Array(pixels))
    }
  }

  struct Preprocessing: Decodable {
    var width: Int
    var height: Int
    var mode: CLIPPreprocessing.Mode
    var size: Int
    var source: Data
    var pixels: Data
  }

  struct Thumbnail: Decodable {
    var name: String
    var side: Int
    var width: Int
    var height: Int
    var pixels: Data
  }

  var files: [String: Image]
  var preprocessing: [Preprocessing]
  var hashes: [Image]
  var thumbnails: [Thumbnail]

  static func load() throws -> Goldens {
    let data = try Data(contentsOf: Fixture.folder.appending(path: "goldens.json"))
    return try JSONDecoder().decode(Goldens.self, from: data)
  }
}

/// The image files beside this source file.
enum Fixture {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures")

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: name)))
  }
}

/// The largest difference between two levels, or `nil` where the numbers of levels differ.
func largestDifference(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Int? {
  guard left.count == right.count else { return nil }
  return zip(left, right).reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
}

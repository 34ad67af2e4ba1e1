import Foundation

/// What the reference computes of the fixtures; `Fixtures/README.md` says how they were made.
struct Goldens: Decodable {
  struct Image: Decodable, Sendable {
    var name: String
    /// The SHA-256 of the prepared pixels.
    var prepared: String
    /// The score of Yahoo's network.
    var score: Double
  }

  var images: [Image]
  /// The scores of the narrow network for the images of ``pattern(_:)``, from 0 on.
  var patterns: [Double]

  static func load() throws -> Goldens {
    try JSONDecoder().decode(Goldens.self, from: Data(contentsOf: Fixture.url("goldens.json")))
  }

  /// An image that `make.py` makes by the same formula, as planes of blue, green and red less the mean.
  static func pattern(_ number: Int) -> [Float] {
    let mean: [Float] = [104, 117, 123]
    var planes: [Float] = []
    for (plane, channel) in [2, 1, 0].enumerated() {
      for y in 0..<224 {
        for x in 0..<224 {
          let value =
            x * (3 + number) + y * (5 + 2 * number) + channel * 41 + x * y / (7 + number)
          planes.append(Float(value % 256) - mean[plane])
        }
      }
    }
    return planes
  }
}

/// The files beside this source file.
enum Fixture {
  static func url(_ name: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
  }

  static func bytes(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: url(name))) }
}

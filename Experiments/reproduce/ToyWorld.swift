import Tensors

/// A thing of the toy world: what a picture of 24 by 24 pixels shows.
struct ToyThing {
  /// What can be said of a thing.
  enum Kind: String, CaseIterable { case size, color, shape }

  static let sizes = ["small", "big"]
  static let colors = ["red", "green", "blue", "yellow", "purple", "cyan", "white", "orange"]
  static let shapes = ["circle", "square", "triangle", "cross", "ring", "bar"]

  let size: Int
  let color: Int
  let shape: Int

  init(_ random: inout SplitMix64) {
    size = Int.random(in: 0..<Self.sizes.count, using: &random)
    color = Int.random(in: 0..<Self.colors.count, using: &random)
    shape = Int.random(in: 0..<Self.shapes.count, using: &random)
  }

  /// What is said of the thing.
  func word(_ kind: Kind) -> String {
    switch kind {
    case .size: Self.sizes[size]
    case .color: Self.colors[color]
    case .shape: Self.shapes[shape]
    }
  }
}

extension ToyThing {
  /// The side of a picture in pixels.
  static let side = 24
  private static let hues: [[Float]] = [
    [1, 0, 0], [0, 0.8, 0], [0.1, 0.2, 1], [1, 1, 0], [0.6, 0, 0.8], [0, 1, 1], [1, 1, 1],
    [1, 0.5, 0],
  ]

  /// A picture of the thing at a random place, on a dark noisy ground: planes of red, green and blue around 0.
  func picture(_ random: inout SplitMix64) -> [Float] {
    let radius: Float = size == 0 ? 4 : 7
    let room = radius...Float(Self.side - 1) - radius
    let (x, y) = (Float.random(in: room, using: &random), Float.random(in: room, using: &random))
    let count = Self.side * Self.side
    var planes = (0..<3 * count).map { _ in Float.random(in: -1.2 ... -0.6, using: &random) }
    for row in 0..<Self.side {
      for column in 0..<Self.side
      where covers((Float(column) - x) / radius, (Float(row) - y) / radius) {
        for plane in 0..<3 {
          planes[plane * count + row * Self.side + column] += 2 * Self.hues[color][plane]
        }
      }
    }
    return planes
  }

  /// Whether the shape covers a point, both from -1 to 1 from its middle.
  private func covers(_ x: Float, _ y: Float) -> Bool {
    guard abs(x) <= 1, abs(y) <= 1 else { return false }
    switch Self.shapes[shape] {
    case "circle": return x * x + y * y <= 1
    case "square": return true
    case "triangle": return abs(x) <= (y + 1) / 2
    case "cross": return abs(x) <= 0.3 || abs(y) <= 0.3
    case "ring": return x * x + y * y <= 1 && x * x + y * y >= 0.35
    default: return abs(y) <= 0.35
    }
  }
}

/// The words of the toy world as tokens.
enum ToyVocabulary {
  static let begin: Int64 = 0
  static let pad: Int64 = 1
  static let end: Int64 = 2
  static let image: Int64 = 3
  static let imageEnd: Int64 = 4

  static let words =
    ["<s>", "<pad>", "</s>", "<image>", "</image>"] + ToyThing.sizes + ToyThing.colors
    + ToyThing.shapes
    + [
      "a", "the", "is", "it", ".", "size", "color", "shape", "Question", "Answer", ":", "what", "?",
    ]
  private static let ids = Dictionary(
    uniqueKeysWithValues: words.enumerated().map { ($1, Int64($0)) })

  /// The token of a word.
  static func id(_ word: String) -> Int64 {
    guard let id = ids[word] else { fatalError("the toy world has no word '\(word)'") }
    return id
  }

  /// The tokens of a text whose words are parted by spaces.
  static func ids(_ text: String) -> [Int64] { text.split(separator: " ").map { id(String($0)) } }
}

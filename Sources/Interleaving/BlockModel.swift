/// How likely a block is content: boosted regression trees over ``BlockFeatures``.
///
/// `scripts/train-block-model` fits the trees to labelled pages and writes their weights. The score is
/// a sum in a fixed order of single-precision numbers, and the logistic function is made of IEEE
/// operations alone, so a page is read alike on every machine.
struct BlockModel: Sendable {
  private let trees: TreeEnsemble

  /// The model that comes with weft.
  static let standard = BlockModel(encoded: BlockModelWeights.encoded)

  /// Reads weights: little-endian counts of trees, splits and leaves; the roots; of each split its
  /// feature, threshold and children; the leaves.
  private init(encoded: String) {
    var reader = WeightReader(encoded)
    let treeCount = Int(reader.integer())
    let splitCount = Int(reader.integer())
    let leafCount = Int(reader.integer())
    let roots = (0..<treeCount).map { _ in reader.integer() }
    let splits = (0..<splitCount).map { _ in
      TreeEnsemble.Split(
        feature: reader.integer(), threshold: reader.float(), left: reader.integer(),
        right: reader.integer())
    }
    let leaves = (0..<leafCount).map { _ in reader.float() }
    trees = TreeEnsemble(
      roots: roots, splits: splits, leaves: leaves, columns: BlockFeatures.names.count)
  }

  /// The probability of each block.
  func probabilities(_ features: BlockFeatures) -> [Float] {
    trees.scores(of: features.values).map(Self.logistic)
  }

  /// 1 / (1 + e^-x), to about six digits.
  static func logistic(_ x: Float) -> Float {
    let clamped = min(max(x, -30), 30)
    let exponent = Double(-clamped) * 1.442695040888963
    let whole = exponent.rounded(.down)
    let rest = exponent - whole
    // Taylor's series of 2^rest about 0; the last term is below 2e-7.
    let terms: [Double] = [
      0.6931471805599453, 0.2402265069591007, 0.0555041086648216, 0.0096181291076285,
      0.0013333558146428, 0.0001540353039338, 0.0000152527338040,
    ]
    var power = 0.0
    for term in terms.reversed() { power = (power + term) * rest }
    let e = (1 + power) * Double(sign: .plus, exponent: Int(whole), significand: 1)
    return Float(1 / (1 + e))
  }
}

/// Reads numbers out of Base64 text with line breaks.
private struct WeightReader {
  private var bytes: [UInt8] = []
  private var at = 0

  init(_ text: String) {
    var buffer: UInt32 = 0
    var bits = 0
    for character in text.utf8 {
      guard let value = Self.value(of: character) else { continue }
      buffer = buffer << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
      }
    }
  }

  private static func value(of character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }

  private mutating func word() -> UInt32 {
    precondition(at + 4 <= bytes.count, "the block model's weights are whole")
    defer { at += 4 }
    return (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
  }

  mutating func integer() -> Int32 { Int32(bitPattern: word()) }
  mutating func float() -> Float { Float(bitPattern: word()) }
}

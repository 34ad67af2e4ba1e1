internal import Glibc
internal import Tensors

/// Sines and cosines that are added to embeddings, as fairseq and KOSMOS-2 compute them: positions are
/// counted from 2 over the tokens that are no padding, and padding gets zeros.
struct SinusoidalPositions {
  /// [2 + maximum, width]; row 1 is that of padding.
  private let table: Tensor
  /// fairseq counts positions from the id of padding plus 1.
  private static let paddingRow = 1

  /// Computes the vectors of so many tokens.
  init(count: Int, width: Int) {
    let half = width / 2
    let frequencies = (0..<half).map { exp(Double($0) * -log(10000) / Double(half - 1)) }
    let rows = Tensor.range(0..<count + 2).converted(to: .float32).insertingDimension(1)
    let angles = rows * Tensor(frequencies.map(Float.init))
    table = Tensor.concatenated([angles.sine(), angles.cosine()], along: 1)
    table.element(Self.paddingRow).fill(0)
  }

  /// How many tokens have a vector.
  var count: Int { table.shape[0] - 2 }

  /// The vectors of tokens that follow so many others: [T, width].
  func callAsFunction(_ tokens: Range<Int>) -> Tensor {
    let first = Self.paddingRow + 1
    return table.slice(tokens.lowerBound + first..<tokens.upperBound + first, of: 0)
  }

  /// The vectors of sequences with padding, [B, T, width].
  ///
  /// - Parameter padding: bool [B, T], true where a token is padding.
  func callAsFunction(padding: Tensor) -> Tensor {
    let counted = padding.not().converted(to: .int64)
    let rows = counted.cumulativeSum(over: 1) * counted + Double(Self.paddingRow)
    return table.embedding(of: rows.converted(to: .int64))
  }
}

import Storage
import Tensors

/// A text as bytes of ASCII, each a token; its last twentieth is held out.
struct ByteText {
  /// The number of tokens there are.
  static let vocabulary = 128
  private let bytes: [UInt8]
  private let trained: Int

  /// Reads a file and leaves out what is no ASCII.
  init(path: String) throws {
    bytes = try FileSystem.read(path, limit: 1 << 30).filter { $0 < 128 }
    trained = bytes.count / 20 * 19
    precondition(bytes.count > 100_000, "'\(path)' has too little text for these experiments")
  }

  /// Draws rows of a length and one more from the text that is trained on: int64 [rows, length + 1].
  func batch(rows: Int, length: Int, _ random: inout SplitMix64) -> Tensor {
    let starts = (0..<rows).map { _ in Int.random(in: 0..<trained - length - 1, using: &random) }
    return tensor(starts, length: length)
  }

  /// Evenly spread rows of the held-out text: int64 [rows, length + 1].
  func heldOut(rows: Int, length: Int) -> Tensor {
    let room = bytes.count - trained - length - 1
    return tensor((0..<rows).map { trained + room * $0 / rows }, length: length)
  }

  private func tensor(_ starts: [Int], length: Int) -> Tensor {
    let tokens = starts.flatMap { bytes[$0...$0 + length].map(Int64.init) }
    return Tensor(tokens, shape: [starts.count, length + 1])
  }
}

/// A batch of tokens [rows, length + 1] as what a model sees and what it is to say.
extension Tensor {
  /// All but each row's last token.
  var inputs: Tensor { slice(0..<shape[1] - 1, of: 1).contiguous() }
  /// All but each row's first token.
  var targets: Tensor { slice(1..<shape[1], of: 1).contiguous() }
}

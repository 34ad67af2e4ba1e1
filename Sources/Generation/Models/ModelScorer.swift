public import Kosmos
internal import Tensors

/// A KOSMOS-1 model after a prompt, with the keys and values of what came before kept.
public struct ModelScorer: NextTokenScorer {
  private let model: KosmosModel
  private let cache = DecoderCache()
  /// 0 for tokens that may come, minus infinity for the others: [vocabulary].
  private let allowance: Tensor
  /// The scores of all tokens after the first text, those that may not come included.
  private var unrestricted: [Float] = []

  /// How many more tokens a text may have.
  public private(set) var room: Int
  /// The log-probabilities of each token of the vocabulary as the next one, for each text; minus infinity
  /// for those that may not come.
  public private(set) var logProbabilities: [[Float]] = []

  /// Reads a prompt.
  ///
  /// - Parameters:
  ///   - tokens: The prompt.
  ///   - images: The images among its tokens.
  ///   - context: The most tokens of a text, the prompt's included.
  ///   - allowed: Whether a token may come.
  /// - Precondition: The prompt is not empty and fits in the context.
  public init(
    _ model: KosmosModel, tokens: [Int32], images: KosmosImages?, context: Int,
    allowed: (Int32) -> Bool = { _ in true }
  ) {
    precondition(!tokens.isEmpty && tokens.count <= context, "a prompt that fits in the context")
    self.model = model
    room = context - tokens.count
    let vocabulary = Int32(model.configuration.decoder.vocabularySize)
    allowance = Tensor((0..<vocabulary).map { allowed($0) ? 0 : -Float.infinity })
      .moved(to: model.parameters.device)
    read(tokens, rows: 1, images: images)
  }

  /// Replaces the texts by some of them, each with one token more.
  public mutating func advance(rows: [Int], tokens: [Int32]) {
    precondition(room > 0 && rows.count == tokens.count, "there is room for one token a text")
    if rows != Array(logProbabilities.indices) { cache.reorder(tensor(rows.map(Int64.init))) }
    room -= 1
    read(tokens, rows: rows.count, images: nil)
  }

  /// The log-probability of tokens after the first text, whether or not they may come; nothing is
  /// remembered of them.
  ///
  /// - Precondition: There is room for all of them but the last.
  public func logProbability(of tokens: [Int32]) -> Double {
    guard let first = tokens.first else { return 0 }
    precondition(tokens.count - 1 <= room, "the tokens fit in the context")
    let sum = Double(unrestricted[Int(first)])
    if tokens.count == 1 { return sum }
    return withoutGradients {
      let input = KosmosInput(tokens: tensor(tokens.dropLast().map(Int64.init), rows: 1))
      let scores = model.logits(input, cache: cache.copy()).element(0).logSoftmax()
      let following = tensor(tokens.dropFirst().map(Int64.init), rows: tokens.count - 1)
      return sum + scores.picking(following, along: 1).values(of: Double.self).reduce(0, +)
    }
  }

  private mutating func read(_ tokens: [Int32], rows: Int, images: KosmosImages?) {
    let values = withoutGradients {
      let input = KosmosInput(tokens: tensor(tokens.map(Int64.init), rows: rows), images: images)
      let scores = model.lastLogits(input, cache: cache).logSoftmax()
      unrestricted = scores.element(0).values()
      return (scores + allowance).values(of: Float.self)
    }
    let width = values.count / rows
    logProbabilities = (0..<rows).map { Array(values[$0 * width..<($0 + 1) * width]) }
  }

  private func tensor(_ values: [Int64], rows: Int? = nil) -> Tensor {
    let shape: Shape? = rows.map { [$0, values.count / $0] }
    return Tensor(values, shape: shape).moved(to: model.parameters.device)
  }
}

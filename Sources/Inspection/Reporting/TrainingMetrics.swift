internal import Documents
internal import Foundation
internal import Storage

/// What `metrics.jsonl` says of training; lines that say something else are passed over.
package struct TrainingMetrics {
  /// A value at a step.
  struct Point: Hashable {
    var step: Int
    var value: Double
  }

  /// The mean loss of each corpus, by step.
  var losses: [Corpus: [Point]] = [:]
  /// The loss on held-out documents of each corpus, by step.
  var validation: [Corpus: [Point]] = [:]
  /// The loss of a unigram model on the same documents.
  var unigram: [Corpus: Double] = [:]
  /// The learning rate, by step.
  var learningRate: [Point] = []
  /// The norm of the gradients before clipping, by step.
  var gradientNorm: [Point] = []
  /// Tokens read a second, by step.
  var speed: [Point] = []
  /// The padding of each corpus's micro-batches, over all steps.
  var padding: [Corpus: Padding] = [:]

  /// How many positions there were, and how many of them were padding.
  struct Padding: Hashable {
    var positions = 0.0
    var padded = 0.0

    /// The share that was padding; `nil` where there were none.
    var share: Double? { positions > 0 ? padded / positions : nil }
  }

  /// The corpora to tell of: those of a crawl, and instructions where the model was tuned on them.
  var corpora: [Corpus] {
    Corpus.allCases.filter { Corpus.crawled.contains($0) || losses[$0]?.isEmpty == false }
  }

  private struct Line: Decodable {
    struct Result: Decodable {
      var loss: Double?
      var unigram: Double?
    }

    var step: Int
    var losses: [String: Double?]?
    var results: [String: Result?]?
    var learningRate: Double?
    var gradientNorm: Double?
    var tokensPerSecond: Double?
    var positions: [String: Double]?
    var padding: [String: Double?]?
  }

  /// The largest file that is read, in bytes.
  private static let sizeLimit = 1 << 28

  /// Reads a log; empty where there is none.
  package init(path: String) {
    guard let bytes = try? FileSystem.read(path, limit: Self.sizeLimit) else { return }
    let decoder = JSONDecoder()
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      if let line = try? decoder.decode(Line.self, from: Data(line)) { add(line) }
    }
  }

  private mutating func add(_ line: Line) {
    func point(_ value: Double?) -> [Point] {
      guard let value, value.isFinite else { return [] }
      return [Point(step: line.step, value: value)]
    }
    for corpus in Corpus.allCases {
      losses[corpus, default: []] += point(line.losses?[corpus.rawValue] ?? nil)
      if let positions = line.positions?[corpus.rawValue],
        let share = line.padding?[corpus.rawValue] ?? nil
      {
        padding[corpus, default: Padding()].positions += positions
        padding[corpus, default: Padding()].padded += share * positions
      }
      guard let result = line.results?[corpus.rawValue] ?? nil else { continue }
      validation[corpus, default: []] += point(result.loss)
      if let loss = result.unigram, loss.isFinite { unigram[corpus] = loss }
    }
    learningRate += point(line.learningRate)
    gradientNorm += point(line.gradientNorm)
    speed += point(line.tokensPerSecond)
  }
}

import Foundation
import Kosmos
import Safetensors
import Tensors
import Training

/// Measures training steps of a decoder on given weights and tokens, as a trainer makes them.
///
///     train-steps MODEL BATCHES THREADS float32|bfloat16 none|blocks
///
/// MODEL is a safetensors file of a decoder's tensors by torchscale's names, its shape in its metadata;
/// BATCHES holds int64 `tokens` [batches, rows, length + 1], which are taken in turn. For each line of the
/// standard input, a number of steps, it makes so many more and prints one JSON object: the losses,
/// seconds of wall time and of CPU, and the greatest memory of the process so far in MiB.
@main
struct TrainSteps {
  private let decoder: MagnetoDecoder
  private let optimizer: AdamW
  private let tokens: Tensor
  private let precision: Precision

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count == 5, let threads = Int(arguments[3]),
      let precision = Precision(rawValue: arguments[4]),
      let recompute = Recomputation(rawValue: arguments[5])
    else {
      FileHandle.standardError.write(
        Data("usage: train-steps MODEL BATCHES THREADS float32|bfloat16 none|blocks\n".utf8))
      exit(64)
    }
    keepFreedMemory()
    setThreads(threads)
    let steps = try TrainSteps(
      model: arguments[1], batches: arguments[2], precision: precision, recompute: recompute)
    while let line = readLine(), let count = Int(line) {
      print(String(decoding: try JSONEncoder().encode(steps.measure(count)), as: UTF8.self))
      fflush(nil)
    }
  }

  private init(
    model: String, batches: String, precision: Precision, recompute: Recomputation
  ) throws {
    let stored = try StoredParameters(path: model)
    let store = ParameterStore(stored)
    let shape = try JSONDecoder().decode(
      DecoderShape.self, from: Data((stored.file.metadata["shape"] ?? "").utf8))
    decoder = try MagnetoDecoder(store.root, shape.configuration)
    decoder.recomputesBlocks = recompute == .blocks
    try stored.requireAllUsed()
    optimizer = AdamW(
      store.trainable.map(\.tensor), constants: AdamConstants(epsilon: shape.epsilon))
    let file = try StoredParameters(path: batches).file
    guard let tokens = Tensor(try file.tensor(named: "tokens")) else {
      fatalError("int64 is a type that libtorch has")
    }
    self.tokens = tokens
    self.precision = precision
  }

  private func measure(_ count: Int) -> Readings {
    let (wall, cpu) = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
    let losses = (0..<count).map { _ in step() }
    return Readings(
      losses: losses, wall: seconds(CLOCK_MONOTONIC) - wall,
      cpu: seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu, peak: peakMemory)
  }

  private func step() -> Double {
    let batch = tokens.element(optimizer.steps % tokens.shape[0])
    let length = batch.shape[1] - 1
    let (input, targets) = (batch.slice(0..<length, of: 1), batch.slice(1..<length + 1, of: 1))
    func loss() -> Tensor {
      let hidden = decoder(decoder.embed(input))
      let logits = decoder.logits(hidden.reshaped([-1, hidden.shape[2]]))
      return logits.converted(to: .float32).crossEntropySum(targets.reshaped([-1]))
        * (1 / Double(targets.elementCount))
    }
    let result = precision == .float32 ? loss() : withAutocast(to: .bfloat16, on: .cpu, loss)
    result.backward()
    _ = optimizer.step(learningRate: 1e-3, clipNorm: 2)
    return result.item
  }

  private func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private var peakMemory: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}

/// What the file of weights tells of the decoder.
private struct DecoderShape: Decodable {
  var vocabulary, width, layers, heads, length: Int
  var scaleBase, epsilon: Double

  var configuration: DecoderConfiguration {
    DecoderConfiguration(
      vocabularySize: vocabulary, width: width, layers: layers, heads: heads,
      maximumLength: length, positions: .xPos(scaleBase: scaleBase))
  }
}

/// What some steps gave and took.
private struct Readings: Encodable {
  var losses: [Double]
  var wall: Double
  var cpu: Double
  var peak: Double
}

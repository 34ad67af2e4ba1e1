import Dispatch
import Documents
import Foundation
import ImageDecoding
import Kosmos
import ModelStages
import Sharding
import Synchronization
import Tensors

/// Measures the vision encoder.
///
///     encode-images prefix|whole WEIGHTS BATCH THREADS ROUNDS
///     encode-images files WEIGHTS BATCH WORKERS ROUNDS FILE...
///
/// `prefix` passes batches of noise through all blocks but the last, `whole` through all, with so many
/// threads for one model. `files` reads, decodes and scales files and passes them through all blocks but
/// the last, with workers of one thread each, as the encode stage does, and keeps the features as F16.
/// Prints wall and CPU seconds of each round, after one that is not counted.
@main
struct EncodeImages {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let numbers = arguments.dropFirst(2).prefix(3).compactMap { Int($0) }
    guard numbers.count == 3, numbers.allSatisfy({ $0 > 0 }) else { usage() }
    keepFreedMemory()
    let body: () throws -> Void
    switch arguments[0] {
    case "prefix", "whole":
      body = try model(
        arguments[1], batch: numbers[0], threads: numbers[1], whole: arguments[0] == "whole")
    case "files":
      body = {
        try encode(
          Array(arguments.dropFirst(5)), arguments[1], batch: numbers[0], workers: numbers[1])
      }
    default: usage()
    }
    try body()
    for _ in 0..<numbers[2] {
      let start = (wall: seconds(CLOCK_MONOTONIC), cpu: seconds(CLOCK_PROCESS_CPUTIME_ID))
      try body()
      print(seconds(CLOCK_MONOTONIC) - start.wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - start.cpu)
    }
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func usage() -> Never {
    FileHandle.standardError.write(
      Data("usage: encode-images prefix|whole|files WEIGHTS BATCH THREADS ROUNDS [FILE...]\n".utf8))
    exit(64)
  }

  private static func model(
    _ path: String, batch: Int, threads: Int, whole: Bool
  ) throws -> () -> Void {
    setThreads(threads)
    let model = try CLIPVisionEncoder.load(CLIPWeights(path: path))
    let side = model.configuration.imageSize
    let pixels = Generator(seed: 1).normal([batch, 3, side, side])
    return {
      withoutGradients { _ = whole ? model.features(pixels) : model.frozenPrefix(pixels) }
    }
  }

  private static func encode(
    _ files: [String], _ path: String, batch: Int, workers: Int
  ) throws {
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      let mine = Array(
        files[files.count * worker / workers..<files.count * (worker + 1) / workers])
      do { try encode(mine, path, batch: batch) } catch { failure.withLock { $0 = error } }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  private static func encode(_ files: [String], _ path: String, batch: Int) throws {
    setThreads(1)
    let encoding = try ImageEncoding(path: path, batchSize: batch)
    let vision = try CLIPWeights(path: path).configuration()
    let layout = FeatureLayout(.float16, tokens: vision.tokenCount, width: vision.width)
    var bytes = 0
    try encoding.encode(count: files.count) { number in
      let file = try Data(contentsOf: URL(filePath: files[number]))
      switch ImageDecoder.decode(Array(file)) {
      case .kept(let image): return image
      case .dropped(let reason): throw Unreadable(path: files[number], reason: "\(reason)")
      }
    } _: { _, features in
      bytes += layout.stored(features)?.count ?? 0
    }
    precondition(bytes == files.count * layout.byteCount, "features of every image")
  }
}

/// A file that is no image.
private struct Unreadable: Error {
  var path: String
  var reason: String
}

import Dispatch
import Documents
import Foundation
import Safetensors
import Sharding
import Synchronization

/// Measures reading packed sequences in shuffled order, as training reads them.
///
///     read-sequences SHARDS WORKERS EPOCHS
///
/// Opens the train shards of each corpus in a folder of shards, goes through all their sequences so
/// many times, each time in another order, and copies out tokens, loss mask and the features of the
/// images. Workers are threads that take sequences in turn, as the ranks of a training do. Prints one
/// JSON object: sequences, tokens, images, a sum over what was read, seconds of wall time and of CPU.
@main
struct ReadSequences {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let numbers = arguments.dropFirst().compactMap { Int($0) }
    guard let folder = arguments.first, numbers.count == 2, numbers.allSatisfy({ $0 > 0 }) else {
      FileHandle.standardError.write(Data("usage: read-sequences SHARDS WORKERS EPOCHS\n".utf8))
      exit(64)
    }
    let (workers, epochs) = (numbers[0], numbers[1])
    let (wall, cpu) = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
    let sets = try Corpus.allCases.map {
      try ShardSet(directory: "\(folder)/\($0.rawValue)", split: .train)
    }
    let total = Mutex(Result<Readings, any Error>.success(Readings()))
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      let part = Result { try read(sets, epochs: epochs, worker: worker, of: workers) }
      total.withLock { total in
        total = total.flatMap { sum in part.map { sum.adding($0) } }
      }
    }
    var readings = try total.withLock { $0 }.get()
    readings.wall = seconds(CLOCK_MONOTONIC) - wall
    readings.cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu
    print(String(decoding: try JSONEncoder().encode(readings), as: UTF8.self))
  }

  /// Reads the sequences that fall to one of several workers.
  private static func read(
    _ sets: [ShardSet], epochs: Int, worker: Int, of workers: Int
  ) throws -> Readings {
    var readings = Readings()
    for set in sets where set.count > 0 {
      let order = SequenceOrder(count: set.count, seed: 1)
      for place in stride(from: worker, to: epochs * set.count, by: workers) {
        try readings.add(set.sequence(at: order.sequence(at: place)))
      }
    }
    return readings
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// What was read, and the time it took.
private struct Readings: Encodable {
  var sequences = 0
  var tokens = 0
  var images = 0
  /// The sum of all token ids, of the loss mask and of the bit patterns of the features: the same for
  /// every reader of the same data, and a proof that all was read.
  var sum: UInt64 = 0
  var wall = 0.0
  var cpu = 0.0

  mutating func add(_ read: (sequence: ShardSequence, shard: Shard)) throws {
    let (sequence, shard) = read
    sequences += 1
    tokens += sequence.tokens.count
    images += sequence.images.count
    sum &+= sequence.tokens.reduce(0) { $0 &+ UInt64($1) }
    sum &+= sequence.lossMask.reduce(0) { $0 &+ UInt64($1) }
    for image in sequence.images {
      let features = shard.featureBytes(row: image.row)
      sum &+= UInt16.numbers(in: features).reduce(0) { $0 &+ UInt64($1) }
    }
  }

  func adding(_ other: Readings) -> Readings {
    var all = self
    all.sequences += other.sequences
    all.tokens += other.tokens
    all.images += other.images
    all.sum &+= other.sum
    return all
  }
}

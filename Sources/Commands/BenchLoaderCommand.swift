import ArgumentParser
import Documents
import Inspection

/// `weft bench-loader`: how fast the shards of a run are read.
struct BenchLoaderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench-loader",
    abstract:
      "Measure how fast the shards of a run are read, in shuffled order, as training reads them.",
    discussion: """
      Every train sequence of each corpus is read once an epoch and laid out with its images' features, and \
      all numbers are added up. What the disk holds in memory already is read from there: a first run \
      measures the disk, a second one weft.
      """)

  @OptionGroup var run: InspectedRunOptions

  @Option(help: "How often all sequences are read, each time in another order.")
  var epochs = 1

  @Option(help: "The threads that read.")
  var threads = 1

  func validate() throws {
    if epochs < 1 { throw ValidationError("--epochs takes a number of at least 1") }
    if !(1...256).contains(threads) {
      throw ValidationError("--threads takes a number from 1 to 256")
    }
  }

  func run() async throws {
    try await ExitStatus.reporting {
      let reading = try ShardReading(
        of: RunDirectory(run.directory), epochs: epochs, readers: threads)
      if run.json {
        try JSONOutput.write(reading)
      } else {
        print(reading.text(run.style), terminator: "")
      }
    }
  }
}

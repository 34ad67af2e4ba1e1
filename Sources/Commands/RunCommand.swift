import ArgumentParser
import Documents

/// `weft run`: the whole way.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Go the whole way, from archives to a trained model.",
    discussion: """
      Only what is missing or out of date is made: after a change of the pipeline, the stages from \
      the changed one on; after an interruption, what was not finished.
      """)

  @OptionGroup var options: RunOptions
  @OptionGroup var ranks: RankOptions

  func run() async throws { try await options.execute(through: .train, ranks: ranks.count) }
}

import ArgumentParser
import Documents

/// The subcommands that run a pipeline up to one of its stages.
enum StageCommands {
  static let all: [any ParsableCommand.Type] = [
    ExtractCommand.self, ImagesCommand.self, DeduplicateCommand.self, ClassifyCommand.self,
    ResolveCommand.self, CurateCommand.self, TokenizeCommand.self, EncodeCommand.self,
    ShardCommand.self, TrainCommand.self,
  ]
}

/// `weft images`: up to the checked images.
struct ImagesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "images",
    abstract: "Find and check the images of the archives, and fetch those that they lack.")
  @OptionGroup var options: RunOptions
  @Flag(help: "Ask again for images that could not be fetched for a reason that may have passed.")
  var retry = false
  func run() async throws {
    try await options.execute(through: .images, retryingFetches: retry)
  }
}

/// `weft deduplicate`: up to the duplicates among the documents.
struct DeduplicateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deduplicate", abstract: "Find the documents that are duplicates of others.")
  @OptionGroup var options: RunOptions
  func run() async throws { try await options.execute(through: .deduplicate) }
}

/// `weft classify`: up to the scores of the images.
struct ClassifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Score how likely images are unsafe, where the pipeline names a classifier.")
  @OptionGroup var options: RunOptions
  func run() async throws { try await options.execute(through: .classify) }
}

/// `weft resolve`: up to what image URLs lead to.
struct ResolveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: "Find what the image URLs of documents lead to, and how many pages show each image.")
  @OptionGroup var options: RunOptions
  func run() async throws { try await options.execute(through: .resolve) }
}

/// `weft tokenize`: up to the token ids.
struct TokenizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenize", abstract: "Train or load the tokenizer and turn text into tokens.")
  @OptionGroup var options: RunOptions
  func run() async throws { try await options.execute(through: .tokenize) }
}

/// `weft encode`: up to the frozen features.
struct EncodeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encode", abstract: "Pass each image once through the frozen vision encoder.")
  @OptionGroup var options: RunOptions
  func run() async throws { try await options.execute(through: .encode) }
}

/// `weft shard`: up to the packed shards.
struct ShardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shard", abstract: "Pack tokens and features into shards.")
  @OptionGroup var options: RunOptions
  func run() async throws { try await options.execute(through: .catalog) }
}

/// `weft train`: to the end.
struct TrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train the model on the shards, from the last checkpoint on.")
  @OptionGroup var options: RunOptions
  @OptionGroup var ranks: RankOptions
  func run() async throws { try await options.execute(through: .train, ranks: ranks.count) }
}

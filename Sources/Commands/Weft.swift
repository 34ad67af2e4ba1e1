public import ArgumentParser
import Documents

/// The command: one file a subcommand.
public struct Weft: AsyncParsableCommand {
  /// Makes the command without arguments.
  public init() {}

  /// Runs the command line of a program, in one that has the model half with it.
  public static func begin(with model: (any ModelHalf)? = nil) async {
    await Model.$half.withValue(model) { await main(nil) }
  }

  /// Its name, its help and its subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "weft",
    abstract: "Weaves web crawls into interleaved image-text corpora and trains KOSMOS-1 on them.",
    discussion: """
      Begin with a pipeline file: `weft run pipelines/demo.yaml` goes the whole way, from WARC files \
      to a trained model, into the run directory that the file names. A run that was stopped, \
      however, goes on with the same command.

      Results go to standard output, progress and faults to standard error. Exit status: 0 done, \
      1 something is wrong, 64 wrong usage, 66 an input is missing, 74 the disk is full or cannot be \
      written, 75 a worker is no longer wanted, 78 the pipeline file is at fault, 130 stopped by Ctrl-C.
      """,
    version: WeftVersion.current,
    groupedSubcommands: [
      CommandGroup(name: "Build", subcommands: [RunCommand.self] + StageCommands.all),
      CommandGroup(
        name: "Look",
        subcommands: [
          StatsCommand.self, InspectCommand.self, TraceCommand.self, VerifyCommand.self,
          ReportCommand.self, ServeCommand.self, BenchLoaderCommand.self,
        ]),
      CommandGroup(
        name: "Many machines", subcommands: [StageCommand.self, ProvenanceCommand.self]),
      CommandGroup(name: "Take out", subcommands: [ForgetCommand.self]),
      CommandGroup(name: "Use", subcommands: [ExportCommand.self, GenerateCommand.self]),
    ])
}

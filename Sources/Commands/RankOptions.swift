import ArgumentParser

/// How many processes a command trains with.
struct RankOptions: ParsableArguments {
  @Option(
    name: .customLong("ranks"),
    help: ArgumentHelp(
      "Train with so many processes on this machine.",
      discussion: "Under torchrun or srun, they say how many there are, on which machines.",
      valueName: "count"))
  var count = 1

  func validate() throws {
    if count < 1 { throw ValidationError("--ranks takes a number of at least 1") }
  }
}

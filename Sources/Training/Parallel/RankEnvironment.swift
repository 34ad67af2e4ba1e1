/// What the environment says of the processes that train one model together: as `torchrun` sets it, or
/// anyone who starts them by hand (<https://docs.pytorch.org/docs/stable/elastic/run.html>), or `srun`.
///
/// | variable | by srun | what it says |
/// |---|---|---|
/// | `RANK` | `SLURM_PROCID` | the number of this process, from 0 |
/// | `WORLD_SIZE` | `SLURM_STEP_NUM_TASKS`, `SLURM_NTASKS` | how many there are |
/// | `LOCAL_WORLD_SIZE` | `SLURM_STEP_TASKS_PER_NODE` | how many of them are on this machine |
/// | `MASTER_ADDR` | the first of `SLURM_STEP_NODELIST` | where rank 0 is |
/// | `MASTER_PORT` | 20000 and more, by `SLURM_JOB_ID` | the port of the store that they meet at |
/// | `WEFT_RANK_TIMEOUT` | | how many seconds they wait for each other at the beginning; 300 |
public struct RankEnvironment: Hashable, Sendable {
  /// The number of this process, from 0.
  public var rank: Int
  /// How many processes there are.
  public var size: Int
  /// How many of them are on this machine.
  public var localSize: Int
  /// The machine of rank 0.
  public var address: String
  /// The port that the processes meet at.
  public var port: Int
  /// Whether rank 0 keeps the store there; otherwise `torchrun` does.
  public var isStoreOurs: Bool
  /// How often `torchrun` has started the processes again.
  public var restarts: Int
  /// How many seconds the processes wait for each other at the beginning.
  public var patience: Double

  /// Describes a process among others.
  public init(
    rank: Int, size: Int, localSize: Int, address: String, port: Int, isStoreOurs: Bool = true,
    restarts: Int = 0, patience: Double = 300
  ) {
    self.rank = rank
    self.size = size
    self.localSize = localSize
    self.address = address
    self.port = port
    self.isStoreOurs = isStoreOurs
    self.restarts = restarts
    self.patience = patience
  }

  /// Reads the environment of a process; `nil` for one that trains by itself.
  ///
  /// - Throws: ``TrainingError`` naming the variable that is missing or cannot be.
  public init?(_ variables: [String: String]) throws(TrainingError) {
    let variables =
      variables["RANK"] == nil ? try Self.translatedFromSlurm(variables) : variables
    guard variables["RANK"] != nil else { return nil }
    let reader = RankVariables(variables)
    size = try reader.number("WORLD_SIZE", in: 1...1_000_000)
    if size == 1 { return nil }
    rank = try reader.number("RANK", in: 0...(size - 1))
    localSize = try reader.number("LOCAL_WORLD_SIZE", in: 1...size, default: 1)
    address = try reader.text("MASTER_ADDR")
    port = try reader.number("MASTER_PORT", in: 1...65535)
    isStoreOurs = variables["TORCHELASTIC_USE_AGENT_STORE"]?.lowercased() != "true"
    restarts = try reader.number("TORCHELASTIC_RESTART_COUNT", in: 0...1_000_000, default: 0)
    patience = Double(try reader.number("WEFT_RANK_TIMEOUT", in: 1...1_000_000, default: 300))
  }

  /// The variables that tell another process of the same training who it is.
  public func variables(rank: Int) -> [String: String] {
    [
      "RANK": "\(rank)", "WORLD_SIZE": "\(size)", "LOCAL_WORLD_SIZE": "\(localSize)",
      "MASTER_ADDR": address, "MASTER_PORT": "\(port)",
    ]
  }

  /// Whether this is rank 0, which writes what comes of the training.
  public var leads: Bool { rank == 0 }

  /// Whether all processes are on one machine, by its own address.
  var isLocal: Bool { ["localhost", "127.0.0.1"].contains(address) }
}

/// The variables of an environment, checked.
private struct RankVariables {
  let variables: [String: String]

  init(_ variables: [String: String]) { self.variables = variables }

  func text(_ name: String) throws(TrainingError) -> String {
    guard let value = variables[name], !value.isEmpty else {
      throw TrainingError(
        .invalidEnvironment,
        "the environment has RANK \(variables["RANK"] ?? "") but no \(name); start the processes by"
          + " torchrun or srun, or set RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT for each")
    }
    return value
  }

  func number(
    _ name: String, in range: ClosedRange<Int>, default value: Int? = nil
  ) throws(TrainingError) -> Int {
    if let value, variables[name] == nil { return value }
    let text = try text(name)
    guard let number = Int(text), range.contains(number) else {
      throw TrainingError(
        .invalidEnvironment,
        "the environment's \(name) is '\(text)'; it must be a number from \(range.lowerBound) to"
          + " \(range.upperBound)")
    }
    return number
  }
}

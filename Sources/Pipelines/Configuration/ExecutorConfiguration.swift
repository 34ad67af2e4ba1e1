/// Where partitions are made; nothing that a run writes depends on it.
public struct ExecutorConfiguration: Hashable, Sendable, Codable {
  /// The kinds of executor.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// In this process, on one machine.
    case local
    /// By tasks of a Ray cluster.
    case ray
    /// By Slurm job arrays.
    case slurm
  }

  /// Which executor makes partitions.
  public var kind = Kind.local
  /// How many tasks a stage is divided into at most; a task makes every so manieth partition.
  ///
  /// Each task plans its stage once, and Slurm's job arrays have at most 1,001 tasks by default.
  public var tasks = 1000
  /// How many tasks run at once at most; 0 for as many as the engine has room for.
  public var slots = 0
  /// How many cores a task asks for, and how many partitions it works on at once.
  public var cpus = 1
  /// How much memory a task asks for, in MiB; 0 to ask for none.
  public var memory = 0
  /// How often a task that failed is tried again.
  public var retries = 3
  /// The path of weft on the machines that run tasks; where it is absent, that of the driver.
  public var command: String?
  /// The address of the Ray cluster, as `ray.init` takes it.
  public var address = "auto"
  /// The Python that has Ray.
  public var python = "python3"
  /// Further options of `sbatch`, such as `--partition=cpu`.
  public var sbatch: [String] = []

  /// Makes a configuration of defaults.
  public init() {}

  private enum CodingKeys: String, CodingKey {
    case kind, tasks, slots, cpus, memory, retries, command, address, python, sbatch
  }

  /// Writes every key, absent ones as null, so that a pipeline file may name each.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(tasks, forKey: .tasks)
    try container.encode(slots, forKey: .slots)
    try container.encode(cpus, forKey: .cpus)
    try container.encode(memory, forKey: .memory)
    try container.encode(retries, forKey: .retries)
    try container.encode(command, forKey: .command)
    try container.encode(address, forKey: .address)
    try container.encode(python, forKey: .python)
    try container.encode(sbatch, forKey: .sbatch)
  }
}

extension PipelineConfiguration {
  /// Whether another pipeline gives the same bytes: all but where and by whom they are made.
  func makesTheSame(as other: PipelineConfiguration) -> Bool {
    var (one, two) = (withoutSecrets, other.withoutSecrets)
    one.output = two.output
    one.workers = two.workers
    one.executor = two.executor
    // Training is no worker's.
    one.train = TrainConfiguration()
    two.train = TrainConfiguration()
    two.read.cacheBytes = one.read.cacheBytes
    return one == two
  }
}

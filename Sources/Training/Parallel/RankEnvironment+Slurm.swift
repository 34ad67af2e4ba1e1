extension RankEnvironment {
  /// The variables of `torchrun` for a process that `srun` started, out of Slurm's
  /// (<https://slurm.schedmd.com/srun.html#SECTION_OUTPUT-ENVIRONMENT-VARIABLES>); the same ones elsewhere.
  ///
  /// A batch script has some of Slurm's variables too, but is a process by itself: its step has no
  /// `SLURM_STEP_NUM_TASKS`, and no number in `SLURM_STEP_ID`.
  ///
  /// - Throws: ``TrainingError`` where the machine of rank 0 is not known.
  static func translatedFromSlurm(
    _ slurm: [String: String]
  ) throws(TrainingError) -> [String: String] {
    let isStep = slurm["SLURM_STEP_NUM_TASKS"] != nil || Int(slurm["SLURM_STEP_ID"] ?? "") != nil
    guard isStep, let rank = slurm["SLURM_PROCID"],
      let size = slurm["SLURM_STEP_NUM_TASKS"] ?? slurm["SLURM_NTASKS"]
    else { return slurm }
    var variables = slurm
    variables["RANK"] = rank
    variables["WORLD_SIZE"] = size
    variables["LOCAL_WORLD_SIZE"] =
      slurm["LOCAL_WORLD_SIZE"] ?? slurm["SLURM_STEP_TASKS_PER_NODE"].flatMap(largestCount) ?? "1"
    // Jobs that share a machine meet at different ports.
    let job = slurm["SLURM_JOB_ID"].flatMap { Int($0) } ?? 0
    variables["MASTER_PORT"] = slurm["MASTER_PORT"] ?? String(20000 + job % 10000)
    let nodes = slurm["SLURM_STEP_NODELIST"] ?? slurm["SLURM_NODELIST"]
    guard let address = slurm["MASTER_ADDR"] ?? nodes.flatMap(firstHost), size != "1" else {
      if size == "1" { return variables }
      throw TrainingError(
        .invalidEnvironment,
        "Slurm's environment does not say on which machine rank 0 runs: SLURM_STEP_NODELIST is"
          + " \(nodes.map { "'\($0)'" } ?? "not set"); set MASTER_ADDR to its name")
    }
    variables["MASTER_ADDR"] = address
    return variables
  }

  /// The first host of one of Slurm's lists, such as `gpu03` of `gpu[03-05,9],login1`.
  static func firstHost(of list: String) -> String? {
    var host = ""
    var rest = list[...]
    while let character = rest.popFirst(), character != "," {
      if character != "[" {
        host.append(character)
        continue
      }
      host += rest.prefix { $0.isNumber }
      guard let end = rest.firstIndex(of: "]") else { return nil }
      rest = rest[rest.index(after: end)...]
    }
    return host.isEmpty ? nil : host
  }

  /// The largest of Slurm's counts for each machine, such as 4 of `4(x2),1`: the machines with fewer
  /// processes leave some of their cores idle.
  private static func largestCount(of list: String) -> String? {
    list.split(separator: ",").compactMap { Int($0.prefix { $0.isNumber }) }.max().map(String.init)
  }
}

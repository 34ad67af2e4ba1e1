import Testing

@testable import Training

struct RankEnvironmentTests {
  private static let torchrun = [
    "RANK": "3", "WORLD_SIZE": "4", "LOCAL_RANK": "1", "LOCAL_WORLD_SIZE": "2",
    "MASTER_ADDR": "node1", "MASTER_PORT": "1234", "TORCHELASTIC_USE_AGENT_STORE": "True",
    "TORCHELASTIC_RESTART_COUNT": "2",
  ]
  private static let srun = [
    "SLURM_PROCID": "5", "SLURM_NTASKS": "8", "SLURM_STEP_NUM_TASKS": "8", "SLURM_LOCALID": "1",
    "SLURM_STEP_TASKS_PER_NODE": "4(x2)", "SLURM_STEP_NODELIST": "gpu[03-04]",
    "SLURM_JOB_ID": "1234567",
  ]

  @Test func whatTorchrunSetsIsRead() throws {
    #expect(
      try RankEnvironment(Self.torchrun)
        == RankEnvironment(
          rank: 3, size: 4, localSize: 2, address: "node1", port: 1234, isStoreOurs: false,
          restarts: 2))
  }

  @Test func whatSrunSetsIsRead() throws {
    #expect(
      try RankEnvironment(Self.srun)
        == RankEnvironment(rank: 5, size: 8, localSize: 4, address: "gpu03", port: 24567))
    let named = Self.srun.merging(["MASTER_ADDR": "head", "MASTER_PORT": "99"]) { $1 }
    let environment = try RankEnvironment(named)
    #expect(environment?.address == "head" && environment?.port == 99)
  }

  @Test func torchrunUnderSrunHasItsOwnRanks() throws {
    let both = Self.srun.merging(Self.torchrun) { $1 }
    #expect(try RankEnvironment(both) == RankEnvironment(Self.torchrun))
  }

  @Test(
    arguments: [
      [:], ["RANK": "0", "WORLD_SIZE": "1"],
      // A batch script, whose own step is no step of srun.
      ["SLURM_PROCID": "0", "SLURM_NTASKS": "8", "SLURM_NODELIST": "a"],
      ["SLURM_PROCID": "0", "SLURM_NTASKS": "1", "SLURM_STEP_ID": "0", "SLURM_NODELIST": "a"],
    ] as [[String: String]])
  func aProcessByItselfHasNone(variables: [String: String]) throws {
    #expect(try RankEnvironment(variables) == nil)
  }

  @Test(
    arguments: [
      (["WORLD_SIZE": nil], "WORLD_SIZE"), (["RANK": "4"], "RANK is '4'"),
      (["RANK": "x"], "RANK is 'x'"), (["MASTER_ADDR": nil], "MASTER_ADDR"),
      (["MASTER_PORT": "0"], "MASTER_PORT is '0'"), (["MASTER_PORT": nil], "MASTER_PORT"),
      (["WORLD_SIZE": "0"], "WORLD_SIZE is '0'"), (["WEFT_RANK_TIMEOUT": "soon"], "'soon'"),
    ] as [([String: String?], String)])
  func aVariableThatCannotBeIsNamed(change: [String: String?], words: String) throws {
    var variables = Self.torchrun
    for (key, value) in change { variables[key] = value }
    try expectError(.invalidEnvironment, naming: words) { try RankEnvironment(variables) }
  }

  @Test func withoutAnAddressSlurmsIsAskedFor() throws {
    var variables = Self.srun
    variables["SLURM_STEP_NODELIST"] = nil
    try expectError(.invalidEnvironment, naming: "set MASTER_ADDR") {
      try RankEnvironment(variables)
    }
  }

  @Test(
    arguments: [
      ("node1", "node1"), ("node1,node2", "node1"), ("gpu[03-05,9],login1", "gpu03"),
      ("gpu[7]", "gpu7"), ("rack[1-2]n[01,3]", "rack1n01"), ("a[1,2]-b,c", "a1-b"),
      ("", nil), ("a[1", nil), (",b", nil),
    ] as [(String, String?)])
  func theFirstHostOfAListIsFound(list: String, host: String?) {
    #expect(RankEnvironment.firstHost(of: list) == host)
  }
}

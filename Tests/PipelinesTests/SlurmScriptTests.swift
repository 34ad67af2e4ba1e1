import Documents
import Testing

@testable import Pipelines

@Suite struct SlurmScriptTests {
  private func batch(_ shares: [Int]) -> TaskBatch {
    TaskBatch(
      stage: .extract, shares: shares, count: 12,
      command: ["/opt/weft's/weft", "stage", "extract", "p.yaml", "--run", "runs/a"],
      workingDirectory: "/data", directory: RunDirectory("runs/a"), isComplete: { false },
      note: { _ in })
  }

  @Test(arguments: [
    ([0], "0"), ([0, 1, 2, 3], "0-3"), ([0, 2, 3, 7], "0,2-3,7"), ([5, 6, 11], "5-6,11"),
  ]) func missingSharesBecomeAnArray(_ shares: [Int], _ array: String) {
    let text = SlurmEngine(ExecutorConfiguration()).text(of: batch(shares))
    #expect(text.contains("\n#SBATCH --array=\(array)\n"))
  }

  @Test func theScriptIsWhatSlurmReads() {
    var configuration = ExecutorConfiguration()
    configuration.slots = 4
    configuration.cpus = 2
    configuration.memory = 2048
    configuration.sbatch = ["--partition=cpu", "--time=60"]
    let text = SlurmEngine(configuration).text(of: batch([0, 1]))
    #expect(
      text == #"""
        #!/bin/sh
        #SBATCH --job-name=weft-extract
        #SBATCH --array=0-1%4
        #SBATCH --cpus-per-task=2
        #SBATCH --mem=2048M
        #SBATCH --requeue
        #SBATCH --open-mode=append
        #SBATCH --chdir=/data
        #SBATCH --output=runs/a/work/slurm/extract-%A_%a.log
        #SBATCH --partition=cpu
        #SBATCH --time=60
        exec '/opt/weft'\''s/weft' stage extract p.yaml --run runs/a --partition "$SLURM_ARRAY_TASK_ID" --of 12

        """#)
  }
}

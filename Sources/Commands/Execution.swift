import ArgumentParser
import Documents
import Foundation
import Pipelines

/// The executor that a pipeline or a command line names.
struct Execution {
  private let configuration: PipelineConfiguration
  private let pipeline: String
  private let engine: (any TaskEngine)?
  private let program: String

  init(_ configuration: PipelineConfiguration, pipeline: String) throws {
    self.configuration = configuration
    self.pipeline = pipeline
    program = try ModelProgram.sibling("weft")
    engine =
      switch configuration.executor.kind {
      case .local: nil
      case .ray: RayEngine(configuration.executor)
      case .slurm: SlurmEngine(configuration.executor)
      }
  }

  /// The store that the run is kept in; `nil` where its output is a directory.
  ///
  /// Its driver keeps manifests, the ledger and what it reads below `.weft` in the current directory.
  func storage(takingOver: Bool, interruption: Interruption) throws -> RunStorage? {
    try Self.storage(
      of: configuration.output, takingOver: takingOver, interruption: interruption)
  }

  /// The store of a run by its address; `nil` where it is a directory.
  static func storage(
    of run: String, takingOver: Bool, interruption: Interruption = Interruption()
  ) throws -> RunStorage? {
    guard run.hasPrefix("s3://") else { return nil }
    return RunStorage(
      store: try ObjectRunStore(run, interruption: interruption), mirror: mirror(of: run),
      takesOver: takingOver)
  }

  /// The run directory on this machine, of a run in a store or in a directory.
  static func mirror(of output: String) -> String {
    output.hasPrefix("s3://") ? ".weft/" + output.dropFirst(5) : output
  }

  /// What makes the partitions.
  var executor: any Executor {
    guard let engine else { return LocalExecutor() }
    return TaskExecutor(
      engine, configuration: configuration.executor, pipeline: pipeline, program: program)
  }

  /// Prints what the engine would get for each stage, were all of its tasks needed.
  func show(through last: StageName) throws {
    guard let engine else {
      throw ValidationError("--print shows what another executor than local gets; name one")
    }
    for stage in StageName.allCases where stage.isMadeByWorkers {
      let batch = TaskBatch.whole(
        of: stage, configuration, pipeline: pipeline, program: program)
      print(engine.text(of: batch))
      if stage == last { break }
    }
  }
}

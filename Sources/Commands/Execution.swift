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

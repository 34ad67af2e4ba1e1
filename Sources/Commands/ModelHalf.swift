public import Pipelines

/// The half of weft that needs libtorch.
///
/// The program that has it takes a second to begin on a small machine; so the other one does without, and
/// hands over where a command line asks for it.
public protocol ModelHalf: Sendable {
  /// All stages of a run, in order.
  var stages: [any Stage] { get }

  /// This process among others that train one model together, once all have come; `nil` for one that
  /// trains by itself.
  ///
  /// - Parameter count: How many to start on this machine, this one included, where the environment tells
  ///   of no others.
  func rank(among count: Int) throws -> (any TrainingRank)?

  /// Loads a trained model to go on with prompts.
  ///
  /// - Parameter checkpoint: A checkpoint of weft's, or the directory of a KOSMOS-2 from Hugging Face.
  func load(checkpoint: String) throws -> any LoadedModel
}

/// A process among others that train one model together.
public protocol TrainingRank: Sendable {
  /// Whether it makes everything before the training and writes what comes of it; the others only train.
  var leads: Bool { get }

  /// All stages of a run, in order, for the process that leads.
  var stages: [any Stage] { get }

  /// Trains with the process that leads.
  func follow(_ configuration: PipelineConfiguration, interruption: Interruption) throws

  /// Leaves the others, who learn of an error.
  func leave(_ error: (any Error)?)
}

enum Model {
  /// The model half of this program, `nil` where it has none.
  @TaskLocal static var half: (any ModelHalf)?

  /// The model half; without one, the program that has it takes over.
  static func required() throws -> any ModelHalf {
    guard let half else { try ModelProgram.takeOver() }
    return half
  }
}

public import Pipelines

/// The half of weft that needs libtorch.
///
/// The program that has it takes a second to begin on a small machine; so the other one does without, and
/// hands over where a command line asks for it.
public protocol ModelHalf: Sendable {
  /// All stages of a run, in order.
  var stages: [any Stage] { get }

  /// Loads a trained model to go on with prompts.
  ///
  /// - Parameter checkpoint: A checkpoint of weft's, or the directory of a KOSMOS-2 from Hugging Face.
  func load(checkpoint: String) throws -> any LoadedModel
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

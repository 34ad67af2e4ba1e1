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

  /// Lets a trained model go on with a prompt.
  func generate(_ request: GenerationRequest) throws -> any GeneratedOutput
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

/// What a model is to go on with, and how.
public struct GenerationRequest: Sendable {
  /// The directory of the checkpoint.
  public var checkpoint: String
  /// The text of the prompt; `<image>` marks where the images stand.
  public var prompt: String
  /// Image files, in order.
  public var images: [String]
  /// The most tokens to generate.
  public var maximumTokens: Int
  /// The width of the beam; 1 takes the likeliest token each time.
  public var beam: Int
  /// Draw tokens at this temperature instead of searching.
  public var temperature: Double?
  /// Draw from this many of the likeliest tokens only.
  public var topK: Int?
  /// Draw from the likeliest tokens of this total probability only.
  public var topP: Double?
  /// The seed of the draw.
  public var seed: UInt64
}

/// What a model wrote.
public protocol GeneratedOutput: Encodable, Sendable {
  /// The text after the prompt.
  var text: String { get }
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

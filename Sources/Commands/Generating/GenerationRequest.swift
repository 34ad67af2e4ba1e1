/// What a model is to go on with, and how.
public struct GenerationRequest: Sendable {
  /// The text of the prompt; `<image>` marks where the images stand.
  public var prompt: String
  /// Image files, in order.
  public var images: [String]
  /// The most tokens to generate.
  public var maximumTokens: Int
  /// How tokens are chosen.
  public var decoding: Decoding
  /// What may be written; anything where there is none.
  public var among: [String]

  /// How tokens are chosen.
  public struct Decoding: Sendable {
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
}

/// A model that was loaded.
public protocol LoadedModel {
  /// Goes on with a prompt.
  ///
  /// - Parameter write: Called with each piece of the text as soon as it is certain.
  func generate(
    _ request: GenerationRequest, write: (String) throws -> Void
  ) throws -> any GeneratedOutput

  /// Scores answers to a prompt, in their order.
  func score(_ options: [String], after request: GenerationRequest) throws -> [any ScoredOption]
}

/// What a model wrote.
public protocol GeneratedOutput: Encodable, Sendable {
  /// The text after the prompt.
  var text: String { get }
}

/// How likely a model finds an answer.
public protocol ScoredOption: Encodable, Sendable {
  /// The answer.
  var option: String { get }
  /// The sum of its tokens' log-probabilities after the prompt, in nats.
  var logProbability: Double { get }
  /// The number of its tokens.
  var tokenCount: Int { get }
}

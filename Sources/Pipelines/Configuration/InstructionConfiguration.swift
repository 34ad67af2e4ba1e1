internal import Instructions

/// Which examples a finished model is tuned on, and how they are put to it.
public struct InstructionConfiguration: Hashable, Sendable, Codable {
  /// Files of JSON Lines, plain or in gzip or Zstandard, as paths or patterns with `*` and `?`, relative to
  /// the current directory; each line has the texts `instruction`, `input` and `output`.
  public var inputs: [String] = []
  /// How an example becomes the prompt that its answer follows; see ``Instructions/PromptTemplate``.
  public var template = PromptTemplate.plain
  /// The longest line that is read, in bytes; longer ones are dropped with a reason.
  public var maximumLineBytes = 1 << 20

  /// Makes a configuration of defaults.
  public init() {}
}

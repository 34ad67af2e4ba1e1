/// Which classifier tells how likely an image is unsafe.
public struct ClassifierConfiguration: Hashable, Sendable, Codable {
  /// The file that `scripts/convert-open-nsfw` makes; without it no image is classified.
  public var weights: String?
  /// How many images pass the classifier at once.
  public var batchSize = 8

  /// Makes a configuration of defaults: no classifier.
  public init() {}

  /// Whether images are classified.
  public var isOn: Bool { weights != nil }

  private enum CodingKeys: String, CodingKey { case weights, batchSize }

  /// Writes every key, absent ones as null, so that a pipeline file may name each.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(weights, forKey: .weights)
    try container.encode(batchSize, forKey: .batchSize)
  }
}

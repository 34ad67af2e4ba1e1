extension KosmosConfiguration {
  /// Makes sure that a model can have this configuration.
  ///
  /// - Throws: ``ConfigurationError`` for the first key that is wrong.
  public func validate() throws(ConfigurationError) {
    try vision.validate("vision")
    try require(connector.latents, in: 1...4_096, "connector.latents")
    try requireProbability(connector.attentionDropout, "connector.attentionDropout")
    if case .flamingo(let depth) = connector.kind {
      try require(depth, in: 1...1_024, "connector.kind.flamingo.depth")
    }
    try decoder.validate("decoder")
  }
}

extension VisionConfiguration {
  /// Makes sure that an encoder can have this configuration.
  ///
  /// - Parameter place: The path of the configuration in its file, for errors.
  /// - Throws: ``ConfigurationError`` for the first key that is wrong.
  public func validate(_ place: String = "vision") throws(ConfigurationError) {
    try require(imageSize, in: 1...4_096, "\(place).imageSize")
    try require(patchSize, in: 1...imageSize, "\(place).patchSize")
    guard imageSize % patchSize == 0 else {
      throw ConfigurationError(
        "\(place).patchSize", "\(patchSize) does not divide the image size \(imageSize)")
    }
    try require(width, in: 1...65_536, "\(place).width")
    try require(layers, in: 1...1_024, "\(place).layers")
    try requireHeads(heads, width: width, "\(place).heads")
    try require(feedForwardWidth, in: 1...1_048_576, "\(place).feedForwardWidth")
  }
}

extension DecoderConfiguration {
  /// Makes sure that a decoder can have this configuration.
  ///
  /// - Parameter place: The path of the configuration in its file, for errors.
  /// - Throws: ``ConfigurationError`` for the first key that is wrong.
  public func validate(_ place: String = "decoder") throws(ConfigurationError) {
    try require(vocabularySize, in: 2...16_777_216, "\(place).vocabularySize")
    try require(width, in: 1...65_536, "\(place).width")
    try require(layers, in: 1...1_024, "\(place).layers")
    try requireHeads(heads, width: width, "\(place).heads")
    try require(feedForwardWidth, in: 1...1_048_576, "\(place).feedForwardWidth")
    try require(maximumLength, in: 2...1_048_576, "\(place).maximumLength")
    try require(paddingToken, in: 0...vocabularySize - 1, "\(place).paddingToken")
    try requireProbability(dropout, "\(place).dropout")
    try requireProbability(attentionDropout, "\(place).attentionDropout")
    if positions.isRotary && headWidth % 2 != 0 {
      throw ConfigurationError(
        "\(place).heads", "rotated heads have an even width, not \(headWidth)")
    }
    if let base = positions.scaleBase, !(base >= 1 && base <= 1e9) {
      throw ConfigurationError(
        "\(place).positions", "the scale base \(base) is not between 1 and a billion")
    }
    if positions == .sinusoidal && (width % 2 != 0 || width < 4) {
      throw ConfigurationError(
        "\(place).width", "sinusoidal positions want an even width of at least 4, not \(width)")
    }
  }

  /// Ends the process where no decoder can have this configuration.
  func requireSound() {
    do throws(ConfigurationError) { try validate() } catch { preconditionFailure("\(error)") }
  }
}

private func require(
  _ value: Int, in range: ClosedRange<Int>, _ key: String
) throws(ConfigurationError) {
  if range.contains(value) { return }
  throw ConfigurationError(
    key, "\(value) is not between \(range.lowerBound) and \(range.upperBound)")
}

private func requireHeads(_ heads: Int, width: Int, _ key: String) throws(ConfigurationError) {
  try require(heads, in: 1...width, key)
  if width % heads == 0 { return }
  throw ConfigurationError(key, "\(heads) does not divide the width \(width)")
}

private func requireProbability(_ value: Double, _ key: String) throws(ConfigurationError) {
  if value >= 0 && value < 1 { return }
  throw ConfigurationError(key, "\(value) is not a probability below 1")
}

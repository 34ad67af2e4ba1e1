/// A threshold that cannot be meant.
public struct CurationConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The key, its parts apart by dots, such as `pairs.minimumWords`.
  public var key: String
  /// What is wrong, and which values are accepted.
  public var message: String

  /// The key and what is wrong with it.
  public var description: String { "\(key): \(message)" }
}

extension CurationConfiguration {
  /// Checks every threshold.
  ///
  /// - Throws: The first ``CurationConfigurationError`` in the order of the keys.
  public func validate() throws(CurationConfigurationError) {
    try check("language.minimumPercentage", language.minimumPercentage, in: 0...100)
    try check("language.minimumLetterBytes", language.minimumLetterBytes, atLeast: 0)
    try check("images.minimumSide", images.minimumSide, atLeast: 1)
    try check("images.maximumSide", images.maximumSide, atLeast: images.minimumSide)
    try check("images.nearDuplicateBits", images.nearDuplicateBits, in: 0...10)
    try check("images.maximumPages", images.maximumPages, atLeast: 1)
    try check("images.maximumAspectRatio", images.maximumAspectRatio, atLeast: 1)
    try check("images.maximumUnsafeScore", images.maximumUnsafeScore, in: 0...1)
    for (place, thresholds) in [("node", spam.node), ("document", spam.document)] {
      try check("spam.\(place).emoji", thresholds.emoji, atLeast: 0)
      try check("spam.\(place).hashtags", thresholds.hashtags, atLeast: 0)
      try check("spam.\(place).links", thresholds.links, atLeast: 0)
    }
    try check("interleaved.minimumWords", interleaved.minimumWords, atLeast: 0)
    try check("interleaved.maximumImages", interleaved.maximumImages, atLeast: 1)
    try check("interleaved.singleImageDiscard", interleaved.singleImageDiscard, in: 0...1)
    try check("text.minimumWords", text.minimumWords, atLeast: 0)
    try check("pairs.minimumCharacters", pairs.minimumCharacters, atLeast: 1)
    try check("pairs.minimumWords", pairs.minimumWords, atLeast: 1)
    try check(
      "pairs.maximumCharacters", pairs.maximumCharacters, atLeast: pairs.minimumCharacters)
    try check("pairs.maximumWords", pairs.maximumWords, atLeast: pairs.minimumWords)
    try check("pairs.minimumLatinShare", pairs.minimumLatinShare, in: 0...1)
    try check("pairs.minimumLetterBytes", pairs.minimumLetterBytes, atLeast: 1)
    try checkQuality()
  }

  private func checkQuality() throws(CurationConfigurationError) {
    try check("node", node)
    try check("document", document)
    if flaggedWords == nil {
      for (key, limits) in [("node", node), ("document", document)]
      where limits[.maximumFlaggedWords] != nil {
        throw CurationConfigurationError(
          key: "\(key).maximumFlaggedWords",
          message: "there is no list of words; name a file of them by curate.flaggedWords")
      }
    }
    try check("gopher", gopher)
    try check("repetition", repetition)
    try check("c4.minimumLineWords", c4.minimumLineWords, atLeast: 1)
    try check("c4.maximumWordCharacters", c4.maximumWordCharacters, atLeast: 1)
    try check("c4.minimumSentences", c4.minimumSentences, atLeast: 1)
    try check(
      "c4.maximumSentences", c4.maximumSentences, atLeast: max(1, c4.minimumSentences ?? 1))
    try check("fineWeb", fineWeb)
    try check("omniCorpus", omniCorpus)
  }

  private func check<Measure: LimitedMeasure>(
    _ key: String, _ limits: Limits<Measure>
  ) throws(CurationConfigurationError) {
    for measure in Measure.allCases {
      try check("\(key).\(measure.rawValue)", limits[measure], in: measure.accepted)
    }
  }

  private func check<Value: Comparable>(
    _ key: String, _ value: Value?, in accepted: ClosedRange<Value>
  ) throws(CurationConfigurationError) {
    guard let value, !accepted.contains(value) else { return }
    throw CurationConfigurationError(
      key: key,
      message: "\(value) is not from \(accepted.lowerBound) to \(accepted.upperBound)")
  }

  private func check<Value: Comparable>(
    _ key: String, _ value: Value?, atLeast least: Value
  ) throws(CurationConfigurationError) {
    // Written so that not-a-number is refused as well.
    guard let value, !(value >= least) else { return }
    throw CurationConfigurationError(key: key, message: "\(value) is not at least \(least)")
  }
}

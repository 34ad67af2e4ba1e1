package import Documents

extension Reason {
  /// The reason in words, with what was measured.
  package var words: String {
    measuredWords.isEmpty ? code.rawValue : code.rawValue + ", " + measuredWords
  }

  /// What was measured, without the reason's code.
  package var measuredWords: String {
    [
      measured.map { "measured \(Self.number($0))" },
      threshold.map { "the threshold is \(Self.number($0))" }, detail,
    ].compactMap(\.self).joined(separator: ", ")
  }

  private static func number(_ value: Double) -> String {
    value.rounded() == value ? NumberText.fixed(value, 0) : NumberText.fixed(value, 3)
  }
}

/// The languages of a text, as far as its letters tell.
public struct IdentifiedLanguage: Hashable, Sendable {
  /// One language of a text.
  public struct Candidate: Hashable, Sendable {
    /// An ISO 639 code such as `en` or `zh-Hant`.
    public var code: String
    /// The share of the text's letters, from 0 to 100.
    public var percentage: Int

    /// Makes a candidate from its parts.
    public init(code: String, percentage: Int) {
      self.code = code
      self.percentage = percentage
    }
  }

  /// At most three languages, the most likely first; none where nothing can be told.
  public var candidates: [Candidate]
  /// How many bytes of letters the text has: below about fifty nothing is certain.
  public var letterBytes: Int
  /// Whether the first language is clearly more likely than the others.
  public var isReliable: Bool

  /// Makes a result from its parts.
  public init(candidates: [Candidate], letterBytes: Int, isReliable: Bool) {
    self.candidates = candidates
    self.letterBytes = letterBytes
    self.isReliable = isReliable
  }

  /// The share of the text's letters in any of some languages, from 0 to 100.
  public func percentage(of codes: some Collection<String>) -> Int {
    candidates.reduce(0) { codes.contains($1.code) ? $0 + $1.percentage : $0 }
  }
}

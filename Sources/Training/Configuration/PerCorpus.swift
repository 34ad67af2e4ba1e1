public import Documents

/// One value for each corpus; in JSON an object with the corpora's names as its keys.
public struct PerCorpus<Value> {
  /// The value of the interleaved corpus.
  public var interleaved: Value
  /// The value of the pairs corpus.
  public var pairs: Value
  /// The value of the text corpus.
  public var text: Value

  /// Makes three values.
  public init(interleaved: Value, pairs: Value, text: Value) {
    self.interleaved = interleaved
    self.pairs = pairs
    self.text = text
  }

  /// Makes three values by a function of the corpus.
  public init<Failure: Error>(_ value: (Corpus) throws(Failure) -> Value) throws(Failure) {
    interleaved = try value(.interleaved)
    pairs = try value(.pairs)
    text = try value(.text)
  }

  /// The value of a corpus.
  public subscript(corpus: Corpus) -> Value {
    get {
      switch corpus {
      case .interleaved: interleaved
      case .pairs: pairs
      case .text: text
      }
    }
    set {
      switch corpus {
      case .interleaved: interleaved = newValue
      case .pairs: pairs = newValue
      case .text: text = newValue
      }
    }
  }

  /// The values made from these by a function.
  public func map<Result>(_ transform: (Value) -> Result) -> PerCorpus<Result> {
    PerCorpus<Result> { transform(self[$0]) }
  }
}

extension PerCorpus: Sendable where Value: Sendable {}
extension PerCorpus: Equatable where Value: Equatable {}
extension PerCorpus: Hashable where Value: Hashable {}
extension PerCorpus: Encodable where Value: Encodable {}
extension PerCorpus: Decodable where Value: Decodable {}

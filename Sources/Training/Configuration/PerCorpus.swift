public import Documents

/// One value for each corpus; in JSON an object with the corpora's names as its keys.
public struct PerCorpus<Value> {
  /// The value of the interleaved corpus.
  public var interleaved: Value
  /// The value of the pairs corpus.
  public var pairs: Value
  /// The value of the text corpus.
  public var text: Value
  /// The value of the corpus of instructions.
  public var instructions: Value

  /// Makes values by a function of the corpus.
  public init<Failure: Error>(_ value: (Corpus) throws(Failure) -> Value) throws(Failure) {
    interleaved = try value(.interleaved)
    pairs = try value(.pairs)
    text = try value(.text)
    instructions = try value(.instructions)
  }

  /// The value of a corpus.
  public subscript(corpus: Corpus) -> Value {
    get {
      switch corpus {
      case .interleaved: interleaved
      case .pairs: pairs
      case .text: text
      case .instructions: instructions
      }
    }
    set {
      switch corpus {
      case .interleaved: interleaved = newValue
      case .pairs: pairs = newValue
      case .text: text = newValue
      case .instructions: instructions = newValue
      }
    }
  }

  /// The values made from these by a function.
  public func map<Result>(_ transform: (Value) -> Result) -> PerCorpus<Result> {
    PerCorpus<Result> { transform(self[$0]) }
  }
}

/// A value of which one says that there is nothing of a corpus.
public protocol CorpusValue {
  /// The value of a corpus that a run does not have.
  static var absent: Self { get }
  /// Whether this is that value.
  var isAbsent: Bool { get }
}

extension Int: CorpusValue {
  /// None.
  public static var absent: Int { 0 }
  /// Whether it is 0.
  public var isAbsent: Bool { self == 0 }
}

extension Double: CorpusValue {
  /// Nothing.
  public static var absent: Double { 0 }
  /// Whether it is 0.
  public var isAbsent: Bool { self == 0 }
}

extension Optional: CorpusValue {
  /// No value.
  public static var absent: Self { nil }
  /// Whether there is no value.
  public var isAbsent: Bool { self == nil }
}

extension PerCorpus where Value: CorpusValue {
  /// Makes values; without one for instructions they are those of a run that has none.
  public init(interleaved: Value, pairs: Value, text: Value, instructions: Value = .absent) {
    self.interleaved = interleaved
    self.pairs = pairs
    self.text = text
    self.instructions = instructions
  }
}

extension PerCorpus: Sendable where Value: Sendable {}
extension PerCorpus: Equatable where Value: Equatable {}
extension PerCorpus: Hashable where Value: Hashable {}

private enum CorpusKey: String, CodingKey { case interleaved, pairs, text, instructions }

extension PerCorpus: Encodable where Value: Encodable & CorpusValue {
  /// Writes the values; a run without instructions says nothing of them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CorpusKey.self)
    try container.encode(interleaved, forKey: .interleaved)
    try container.encode(pairs, forKey: .pairs)
    try container.encode(text, forKey: .text)
    if !instructions.isAbsent { try container.encode(instructions, forKey: .instructions) }
  }
}

extension PerCorpus: Decodable where Value: Decodable & CorpusValue {
  /// Reads the values.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CorpusKey.self)
    interleaved = try container.decode(Value.self, forKey: .interleaved)
    pairs = try container.decode(Value.self, forKey: .pairs)
    text = try container.decode(Value.self, forKey: .text)
    instructions = try container.decodeIfPresent(Value.self, forKey: .instructions) ?? .absent
  }
}

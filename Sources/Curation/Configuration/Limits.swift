public import Documents

/// What a family of rules measures; each measure is a key of the pipeline file.
///
/// The name says on which side the limit is: it begins with `minimum` or `maximum`.
public protocol LimitedMeasure: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// The reason for dropping what misses the limit.
  var code: Reason.Code { get }
  /// The limits that can be meant.
  var accepted: ClosedRange<Double> { get }
}

extension LimitedMeasure {
  /// Whether the limit is the least value that is kept, and not the largest.
  public var isLeast: Bool { rawValue.hasPrefix("minimum") }
}

/// The limits of a family of rules; a rule without a limit is off, and by default all are.
public struct Limits<Measure: LimitedMeasure>: Hashable, Sendable {
  private var values: [Measure: Double] = [:]

  /// Makes limits of which none is set.
  public init() {}

  /// Makes limits from those that are set.
  public init(_ values: [Measure: Double]) { self.values = values }

  /// The limit of a measure; `nil` switches its rule off.
  public subscript(measure: Measure) -> Double? {
    get { values[measure] }
    set { values[measure] = newValue }
  }

  /// Whether any rule is on.
  public var isOn: Bool { !values.isEmpty }

  /// The reason of the first rule, in the order of the measures, whose limit is missed.
  ///
  /// - Parameter measured: The value of a measure, asked for where its rule is on; `nil` where the
  ///   thing is not to be judged by it.
  func refusal(_ measured: (Measure) -> Double?) -> Reason? {
    guard isOn else { return nil }
    for measure in Measure.allCases {
      guard let limit = values[measure], let value = measured(measure) else { continue }
      if measure.isLeast ? value < limit : value > limit {
        return Reason(measure.code, measured: value, threshold: limit)
      }
    }
    return nil
  }
}

extension Limits: Codable {
  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(_ measure: Measure) { stringValue = measure.rawValue }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Reads limits; those that are absent or `null` are off.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for measure in Measure.allCases {
      values[measure] = try container.decodeIfPresent(Double.self, forKey: Key(measure))
    }
  }

  /// Writes every limit, one that is off as `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for measure in Measure.allCases { try container.encode(values[measure], forKey: Key(measure)) }
  }
}

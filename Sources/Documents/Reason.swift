/// Why a record, page, node, image or document went no further.
///
/// A fault of the data is a value, not an error: it is counted, kept in the ledger, and the run goes
/// on. Each target names its own codes in an extension of ``Code``.
public struct Reason: Hashable, Sendable, Codable {
  /// The machine-readable name of a reason, in lower camel case.
  public struct Code: RawRepresentable, Hashable, Sendable, Codable {
    /// The name, such as `notEnglish`.
    public let rawValue: String

    /// Makes a code from its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Makes a code from its name.
    public init(_ name: String) { rawValue = name }
  }

  /// The machine-readable name.
  public var code: Code
  /// The value that was measured, where the rule measures one.
  public var measured: Double?
  /// The threshold that the measured value missed.
  public var threshold: Double?
  /// More for a human reader, such as a decoder's own message.
  public var detail: String?

  /// Makes a reason from its parts.
  public init(
    _ code: Code, measured: Double? = nil, threshold: Double? = nil, detail: String? = nil
  ) {
    self.code = code
    self.measured = measured
    self.threshold = threshold
    self.detail = detail
  }
}

extension Reason: CustomStringConvertible {
  /// The code, then what was measured, the threshold and the detail where there are any.
  public var description: String {
    var text = code.rawValue
    if let measured { text += " measured \(measured)" }
    if let threshold { text += " threshold \(threshold)" }
    if let detail { text += " (\(detail))" }
    return text
  }
}

/// What a rule or a stage says of one thing: it goes on, or it does not and why.
public enum Decision<Value> {
  /// It goes on.
  case kept(Value)
  /// It goes no further.
  case dropped(Reason)

  /// The value that goes on, if it does.
  public var value: Value? { if case .kept(let value) = self { value } else { nil } }

  /// Why it goes no further, if it does not.
  public var reason: Reason? { if case .dropped(let reason) = self { reason } else { nil } }
}

extension Decision: Sendable where Value: Sendable {}
extension Decision: Equatable where Value: Equatable {}
extension Decision: Hashable where Value: Hashable {}

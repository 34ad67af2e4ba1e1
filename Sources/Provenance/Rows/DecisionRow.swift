public import Documents
internal import GRDB

/// Why a record, page, node, image, pair or document went no further.
public struct DecisionRow: Hashable, Sendable {
  /// What kind of thing was dropped.
  public var unit: StageCounts.Unit
  /// The record or document it belongs to, or the image it is.
  public var subject: Subject
  /// The place of a node among the document's nodes, or of an image among its images.
  public var place: Int?
  /// The path of the element, where the thing dropped is one.
  public var path: String?
  /// Why it went no further.
  public var reason: Reason

  /// Makes a row from its parts.
  public init(
    unit: StageCounts.Unit, subject: Subject, place: Int? = nil, path: String? = nil,
    reason: Reason
  ) {
    self.unit = unit
    self.subject = subject
    self.place = place
    self.path = path
    self.reason = reason
  }
}

extension DecisionRow: Codable {
  private enum Key: String, CodingKey {
    case unit, subject, place, path, reason, measured, threshold, detail
  }

  /// Reads a decision, the parts of its reason beside the others.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      unit: try container.decode(StageCounts.Unit.self, forKey: .unit),
      subject: try container.decode(Subject.self, forKey: .subject),
      place: try container.decodeIfPresent(Int.self, forKey: .place),
      path: try container.decodeIfPresent(String.self, forKey: .path),
      reason: Reason(
        Reason.Code(try container.decode(String.self, forKey: .reason)),
        measured: try container.decodeIfPresent(Double.self, forKey: .measured),
        threshold: try container.decodeIfPresent(Double.self, forKey: .threshold),
        detail: try container.decodeIfPresent(String.self, forKey: .detail)))
  }

  /// Writes a decision, the parts of its reason beside the others.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(unit, forKey: .unit)
    try container.encode(subject, forKey: .subject)
    try container.encodeIfPresent(place, forKey: .place)
    try container.encodeIfPresent(path, forKey: .path)
    try container.encode(reason.code.rawValue, forKey: .reason)
    // JSON has no NaN and no infinity; a measure that is none is left out.
    try container.encodeIfPresent(reason.measured.flatMap(\.finite), forKey: .measured)
    try container.encodeIfPresent(reason.threshold.flatMap(\.finite), forKey: .threshold)
    try container.encodeIfPresent(reason.detail, forKey: .detail)
  }
}

extension Double {
  fileprivate var finite: Double? { isFinite ? self : nil }
}

extension DecisionRow: TableRow {
  static let table = "decisions"
  static let columns = [
    "unit", "subject", "place", "path", "reason", "measured", "threshold", "detail",
  ]

  var values: [(any DatabaseValueConvertible)?] {
    [
      unit.rawValue, subject.column, place, path, reason.code.rawValue, reason.measured,
      reason.threshold, reason.detail,
    ]
  }

  init(row: Row) throws {
    self.init(
      unit: try StageCounts.Unit(column: row["unit"]),
      subject: try Subject(column: row["subject"]), place: row["place"], path: row["path"],
      reason: Reason(
        Reason.Code(row["reason"]), measured: row["measured"], threshold: row["threshold"],
        detail: row["detail"]))
  }
}

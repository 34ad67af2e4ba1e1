public import Documents
internal import GRDB

/// A record of an archive, and whether the run uses it.
public struct RecordRow: Hashable, Sendable, Codable {
  /// What a record holds for the run.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// An HTML page.
    case page
    /// An image response.
    case image
    /// Anything else, damaged stretches of an archive included.
    case other
  }

  /// The record's identity.
  public var id: RecordID
  /// Where the record stands.
  public var location: RecordLocation
  /// What it holds.
  public var kind: Kind
  /// Its target URL, where it has one.
  public var url: String?
  /// The status of its HTTP response, where it holds one.
  public var status: Int?
  /// The media type of its HTTP response, without parameters.
  public var mediaType: String?
  /// The record that holds its payload, where it is a revisit of that record.
  public var original: RecordID?
  /// Why it went no further, if it did not.
  public var reason: Reason.Code?

  /// Makes a row from its parts.
  public init(
    id: RecordID, location: RecordLocation, kind: Kind, url: String? = nil, status: Int? = nil,
    mediaType: String? = nil, original: RecordID? = nil, reason: Reason.Code? = nil
  ) {
    self.id = id
    self.location = location
    self.kind = kind
    self.url = url
    self.status = status
    self.mediaType = mediaType
    self.original = original
    self.reason = reason
  }
}

extension RecordRow: TableRow {
  static let table = "records"
  static let columns = [
    "id", "input", "member_offset", "member_length", "record_offset", "record_length", "kind",
    "url", "address", "status", "media_type", "original", "reason",
  ]

  var values: [(any DatabaseValueConvertible)?] {
    [
      id.column, location.input, location.memberOffset, location.memberLength,
      location.recordOffset, location.recordLength, kind.rawValue, url,
      url.map(AddressKey.value), status, mediaType, original?.column, reason?.rawValue,
    ]
  }

  init(row: Row) throws {
    self.init(
      id: try RecordID(column: row["id"]),
      location: RecordLocation(
        input: row["input"], memberOffset: row["member_offset"],
        memberLength: row["member_length"], recordOffset: row["record_offset"],
        recordLength: row["record_length"]),
      kind: try Kind(column: row["kind"]), url: row["url"], status: row["status"],
      mediaType: row["media_type"],
      original: try (row["original"] as [UInt8]?).map { try RecordID(column: $0) },
      reason: (row["reason"] as String?).map { Reason.Code($0) })
  }
}

public import Documents

/// A record by its identity and its place.
public struct RecordReference: Hashable, Sendable, Codable {
  /// The record's identity.
  public var id: RecordID
  /// Where the record stands.
  public var location: RecordLocation

  /// Makes a reference from its parts.
  public init(id: RecordID, location: RecordLocation) {
    self.id = id
    self.location = location
  }
}

extension WARCRecord {
  /// The record by its identity and its place.
  public var reference: RecordReference { RecordReference(id: id, location: location) }
}

public import Documents

/// One record of a web archive (WARC 1.0 and 1.1, ISO 28500).
///
/// <https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/>
public struct WARCRecord: Hashable, Sendable {
  /// What a record holds; the type's name in lower case.
  public struct Kind: RawRepresentable, Hashable, Sendable {
    /// The name, such as `response`; empty where the record names no type.
    public let rawValue: String

    /// Makes a kind from its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// What a server answered, protocol header included.
    public static let response = Kind(rawValue: "response")
    /// What was asked of a server.
    public static let request = Kind(rawValue: "request")
    /// A resource without the protocol that brought it.
    public static let resource = Kind(rawValue: "resource")
    /// A description of the records that follow.
    public static let warcinfo = Kind(rawValue: "warcinfo")
    /// A description of another record.
    public static let metadata = Kind(rawValue: "metadata")
    /// A later visit that brought nothing new.
    public static let revisit = Kind(rawValue: "revisit")
    /// Another form of another record's content, such as text of a page.
    public static let conversion = Kind(rawValue: "conversion")
    /// The next segment of a record that was cut in several.
    public static let continuation = Kind(rawValue: "continuation")
  }

  /// The record's identity, from the archive's digest and the record's place.
  public var id: RecordID
  /// Where the record stands.
  public var location: RecordLocation
  /// The version, such as `1.1`.
  public var version: String
  /// What the record holds.
  public var kind: Kind
  /// The URI that was archived, without the angle brackets some writers put around it.
  public var targetURI: String?
  /// The time of capture as written, such as `2024-02-01T12:00:00Z`.
  public var date: String?
  /// The media type of the block.
  public var contentType: String?
  /// All fields of the header.
  public var fields: HeaderFields
  /// The number of bytes in the block, as the header tells it.
  public var blockLength: Int64
  /// The block's bytes, or `recordTooLarge`.
  public var block: Decision<[UInt8]>
}

extension WARCRecord {
  init(header: WARCHeader, id: RecordID, location: RecordLocation, block: Decision<[UInt8]>) {
    self.init(
      id: id, location: location, version: header.version,
      kind: Kind(rawValue: header.fields["WARC-Type"]?.lowercased() ?? ""),
      targetURI: header.fields["WARC-Target-URI"].map(Self.withoutAngleBrackets),
      date: header.fields["WARC-Date"], contentType: header.fields["Content-Type"],
      fields: header.fields, blockLength: header.blockLength, block: block)
  }

  /// The grammar of WARC 1.0 put angle brackets around every URI; wget still writes them.
  static func withoutAngleBrackets(_ uri: String) -> String {
    uri.hasPrefix("<") && uri.hasSuffix(">") ? String(uri.dropFirst().dropLast()) : uri
  }
}

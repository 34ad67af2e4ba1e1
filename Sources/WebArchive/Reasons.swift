public import Documents

extension Reason.Code {
  // Stretches of an archive.

  /// The bytes between two records are neither a record nor a compressed member.
  public static let garbage = Reason.Code("garbage")
  /// A compressed member cannot be decompressed, or its checksum is wrong.
  public static let damagedMember = Reason.Code("damagedMember")
  /// The file ends inside a compressed member.
  public static let truncatedMember = Reason.Code("truncatedMember")
  /// A compressed member holds no bytes but line ends.
  public static let emptyMember = Reason.Code("emptyMember")
  /// A compressed member would become more times larger than DEFLATE can make anything.
  public static let memberExpandsTooMuch = Reason.Code("memberExpandsTooMuch")
  /// The archive's compression dictionary cannot be read, or is larger than is read.
  public static let badDictionary = Reason.Code("badDictionary")

  // Records.

  /// The bytes do not begin with a WARC version line.
  public static let notARecord = Reason.Code("notARecord")
  /// A record's header never ends, or tells no usable length of its block.
  public static let badRecordHeader = Reason.Code("badRecordHeader")
  /// The file or the member ends inside a record.
  public static let truncatedRecord = Reason.Code("truncatedRecord")
  /// A record's block has more bytes than are read.
  public static let recordTooLarge = Reason.Code("recordTooLarge")
  /// There is no such record at the given place.
  public static let noSuchRecord = Reason.Code("noSuchRecord")

  // HTTP responses.

  /// The block does not begin with an HTTP status line.
  public static let notHTTP = Reason.Code("notHTTP")
  /// The body, its transfer and content codings undone, has more bytes than are read.
  public static let bodyTooLarge = Reason.Code("bodyTooLarge")
}

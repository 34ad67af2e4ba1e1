internal import Documents

/// The header of a record: its version line and fields.
struct WARCHeader {
  /// What every record begins with; a digit, a dot and a digit follow.
  static let magic = Array("WARC/".utf8)

  /// How many bytes of a record tell that it is one: `WARC/1.0`.
  static let versionLineBytes = 8

  var version: String
  var fields: HeaderFields
  var blockLength: Int64

  /// Reads a header, the empty line that ends it included.
  init(parsing bytes: [UInt8]) throws(HeaderFault) {
    var rest = bytes[...]
    let line = HeaderText.takeLine(&rest)
    guard Self.isVersionLine(line) else { throw HeaderFault(.notARecord) }
    version = HeaderText.decode(HeaderText.trim(line[(line.startIndex + Self.magic.count)...]))
    fields = HeaderFields(parsing: rest)
    guard let length = fields["Content-Length"] else {
      throw HeaderFault(.badRecordHeader, "there is no Content-Length")
    }
    guard let blockLength = HeaderText.number(length) else {
      throw HeaderFault(.badRecordHeader, "Content-Length is '\(length.prefix(40))'")
    }
    self.blockLength = blockLength
  }

  /// Whether bytes begin like a record, as far as they go.
  static func isVersionLine(_ bytes: some Sequence<UInt8>) -> Bool {
    var count = 0
    for byte in bytes.prefix(versionLineBytes) {
      guard isVersionByte(byte, at: count) else { return false }
      count += 1
    }
    return count == versionLineBytes
  }

  static func isVersionByte(_ byte: UInt8, at index: Int) -> Bool {
    switch index {
    case 0..<magic.count: byte == magic[index]
    case 6: byte == UInt8(ascii: ".")
    default: UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
  }
}

/// What is wrong with a record's header.
struct HeaderFault: Error {
  var reason: Reason

  init(_ code: Reason.Code, _ detail: String? = nil) { reason = Reason(code, detail: detail) }
}

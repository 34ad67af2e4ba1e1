/// Writes plain WARC 1.0 archives for tests.
public struct ArchiveBuilder: Sendable {
  /// The archive so far.
  public private(set) var bytes: [UInt8] = []
  private var records = 0

  /// Begins an archive.
  public init() {}

  /// Adds a response.
  public mutating func respond(
    _ url: String, _ contentType: String, _ body: [UInt8], status: Int = 200,
    fields: [String] = []
  ) {
    let head =
      (["HTTP/1.1 \(status) X", "Content-Type: \(contentType)"] + fields
      + ["Content-Length: \(body.count)"]).joined(separator: "\r\n") + "\r\n\r\n"
    add("response", url, "application/http; msgtype=response", Array(head.utf8) + body)
  }

  /// Adds an HTML page.
  public mutating func page(_ url: String, _ html: String) {
    respond(url, "text/html; charset=utf-8", Array(html.utf8))
  }

  /// Adds a record of any kind.
  public mutating func add(
    _ kind: String, _ url: String, _ contentType: String, _ block: [UInt8], fields: [String] = []
  ) {
    records += 1
    let digits = String(records)
    let serial = String(repeating: "0", count: 12 - digits.count) + digits
    let head =
      ([
        "WARC/1.0", "WARC-Type: \(kind)",
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-\(serial)>",
        "WARC-Date: 2026-01-01T00:00:00Z", "WARC-Target-URI: <\(url)>",
        "Content-Type: \(contentType)", "Content-Length: \(block.count)",
      ] + fields).joined(separator: "\r\n")
    bytes += Array((head + "\r\n\r\n").utf8) + block + Array("\r\n\r\n".utf8)
  }

  /// Adds bytes that belong to no record.
  public mutating func garbage(_ garbage: [UInt8]) { bytes += garbage }
}

internal import Documents
internal import Foundation
internal import Hashing
internal import Provenance
internal import Storage
internal import WebAddress

/// The WARC archives under `fetched/` that keep the bytes of fetched images.
///
/// Each is a sequence of uncompressed `response` records
/// (<https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/>), whose bytes
/// are those of the image: codings of the transfer are undone, and the header fields say so. The
/// field `Weft-Requested-URI` holds the URL that was asked for, in its normal form.
struct FetchedArchive {
  private let directory: String
  private let maximumBytes: Int64
  private var segment: Int
  private var file: AppendedFile

  /// Cuts off what a run that was killed had not yet recorded, and begins another archive: one that
  /// is complete never changes.
  ///
  /// - Parameters:
  ///   - directory: Where the archives are.
  ///   - last: The last archive and its recorded length; `nil` where there is none.
  ///   - maximumBytes: At how many bytes another archive is begun.
  init(directory: String, last: (segment: Int, length: Int64)?, maximumBytes: Int64) throws {
    self.directory = directory
    self.maximumBytes = maximumBytes
    segment = 0
    if let last {
      try Self.cut(Self.path(directory, last.segment), to: last.length)
      segment = last.segment + 1
    }
    file = try AppendedFile(path: Self.path(directory, segment), keeping: 0)
  }

  private static func cut(_ path: String, to length: Int64) throws {
    if (FileSystem.size(path) ?? 0) < length {
      throw FetchError(
        .machine,
        "'\(path)' is missing or shorter than the ledger says; remove the ledger to fetch its "
          + "images again")
    }
    try AppendedFile(path: path, keeping: length).sync()
  }

  /// The path of an archive.
  static func path(_ directory: String, _ segment: Int) -> String {
    let digits = String(segment)
    return "\(directory)/images-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
      + ".warc"
  }

  /// Adds an image that was asked for by a URL; it is durable after ``sync()``.
  mutating func add(
    _ image: FetchedImage, asked url: String, digest: Digest, fetched: Int64
  ) throws -> FetchRow.Place {
    if file.count >= maximumBytes {
      try file.sync()
      segment += 1
      file = try AppendedFile(path: Self.path(directory, segment), keeping: 0)
    }
    if WebURL(parsing: image.url)?.normalized != url {
      // Who reads the archive alone finds the image as the crawl would have given it.
      try file.append(Self.redirect(from: url, to: image.url, fetched))
    }
    let record = Self.record(image, url, digest, fetched)
    let offset = file.count
    try file.append(record)
    return FetchRow.Place(segment: segment, offset: offset, length: Int64(record.count))
  }

  /// Makes all that was added durable.
  func sync() throws {
    try file.sync()
    try Directory.sync(directory)
  }

  private static func record(
    _ image: FetchedImage, _ url: String, _ digest: Digest, _ fetched: Int64
  ) -> [UInt8] {
    var head = "HTTP/1.1 \(image.status) OK\r\n"
    for (name, value) in image.headers.sorted(by: { $0.key < $1.key }) {
      switch name {
      case "content-type", "content-length", "content-encoding":
        // The bytes that follow are not those that these speak of.
        head += "X-Archive-Orig-\(name): \(value)\r\n"
      default: head += "\(name): \(value)\r\n"
      }
    }
    head += "content-type: \(image.mediaType)\r\ncontent-length: \(image.bytes.count)\r\n\r\n"
    return record(
      Array(head.utf8) + image.bytes, target: image.url, fetched,
      [
        "WARC-Record-ID: \(identity(of: image.url, digest, fetched))", "Weft-Requested-URI: \(url)",
        "WARC-Payload-Digest: sha256:\(digest)",
      ])
  }

  private static func redirect(from url: String, to target: String, _ fetched: Int64) -> [UInt8] {
    let head = "HTTP/1.1 302 Found\r\nlocation: \(target)\r\ncontent-length: 0\r\n\r\n"
    let identity = identity(of: url, Digest(of: head.utf8), fetched)
    return record(Array(head.utf8), target: url, fetched, ["WARC-Record-ID: \(identity)"])
  }

  private static func record(
    _ block: [UInt8], target: String, _ fetched: Int64, _ fields: [String]
  ) -> [UInt8] {
    let date = Date(timeIntervalSince1970: Double(fetched)).formatted(.iso8601)
    let head =
      ["WARC/1.1", "WARC-Type: response", "WARC-Date: \(date)", "WARC-Target-URI: \(target)"]
      + fields + [
        "Content-Type: application/http;msgtype=response", "Content-Length: \(block.count)", "", "",
      ]
    return Array(head.joined(separator: "\r\n").utf8) + block + Array("\r\n\r\n".utf8)
  }

  /// A name-based identity (RFC 9562, version 8), so that one image has one wherever it is stored.
  private static func identity(of url: String, _ digest: Digest, _ fetched: Int64) -> String {
    var bytes = Digest(of: "\(url) \(digest) \(fetched)".utf8).bytes.prefix(16).map { $0 }
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array(Hexadecimal.encode(bytes))
    let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
    return "<urn:uuid:\(groups.joined(separator: "-"))>"
  }
}

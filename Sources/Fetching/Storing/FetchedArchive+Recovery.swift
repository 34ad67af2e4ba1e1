internal import Documents
internal import Foundation
internal import Hashing
internal import Provenance
internal import Storage

extension FetchedArchive {
  /// The states of the images in the archives of a directory, for a ledger that was removed.
  ///
  /// A record that is cut short or whose bytes are not of the digest it states ends its archive:
  /// what follows was not recorded either, or was damaged.
  ///
  /// - Returns: The states, in the order of the records.
  static func recover(_ directory: String) throws -> [FetchRow] {
    var rows: [FetchRow] = []
    var segment = 0
    while FileSystem.isFile(path(directory, segment)) {
      let file = try MappedFile(path: path(directory, segment))
      var offset = 0
      while let record = record(in: file, segment, at: offset) {
        if let row = record.row { rows.append(row) }
        offset += record.length
      }
      segment += 1
    }
    return rows
  }

  /// The longest head of a record: all of its fields together are bounded far below.
  private static let maximumHead = 256 << 10

  /// The record at an offset, and the state it is of; records of redirects are of none.
  private static func record(
    in file: MappedFile, _ segment: Int, at offset: Int
  ) -> (row: FetchRow?, length: Int)? {
    let window = file.copy(offset..<min(file.count, offset + maximumHead))
    guard let end = headEnd(of: window, from: 0) else { return nil }
    let fields = fields(of: window[..<end])
    guard let length = fields["content-length"].flatMap({ Int($0) }), length >= 0,
      length <= file.count - offset - end - 4
    else { return nil }
    let whole = end + length + 4
    guard let url = fields["weft-requested-uri"] else { return (nil, whole) }
    guard let target = fields["warc-target-uri"],
      let digest = fields["warc-payload-digest"].flatMap({ Digest($0.dropFirst("sha256:".count)) }),
      let date = fields["warc-date"].flatMap({ try? Date($0, strategy: .iso8601) }),
      let body = headEnd(of: window, from: end)
    else { return nil }
    let http = self.fields(of: window[end..<body])
    let bytes = file.copy(offset + body..<offset + end + length)
    guard let type = http["content-type"], Digest(of: bytes.span) == digest else { return nil }
    var row = FetchRow(url: url, requests: 1, fetched: Int64(date.timeIntervalSince1970))
    row.status = 200
    row.kept = FetchRow.Kept(
      finalURL: target, mediaType: type, digest: digest,
      place: FetchRow.Place(
        segment: segment, offset: Int64(offset), length: Int64(whole)))
    return (row, whole)
  }

  /// Where the line that ends a head ends.
  private static func headEnd(of bytes: [UInt8], from start: Int) -> Int? {
    guard start + 4 <= bytes.count else { return nil }
    return (start...bytes.count - 4).first {
      bytes[$0] == 13 && bytes[$0 + 1] == 10 && bytes[$0 + 2] == 13 && bytes[$0 + 3] == 10
    }.map { $0 + 4 }
  }

  private static func fields(of bytes: ArraySlice<UInt8>) -> [String: String] {
    var fields: [String: String] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\r\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 {
        fields[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
      }
    }
    return fields
  }
}

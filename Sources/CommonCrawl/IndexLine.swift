internal import Foundation

/// A line of a crawl's index: a capture and where its record stands
/// <https://data.commoncrawl.org/cc-index/>.
struct IndexLine: Hashable, Sendable {
  /// The host in reverse, a parenthesis and the path: `com,example)/page`.
  var key: String
  var mime: String
  var detectedMime: String
  var status: String
  var languages: [String]
  var file: String
  var offset: Int64
  var length: Int64

  private struct Fields: Decodable {
    var mime: String?
    var detected: String?
    var status: String?
    var length: String?
    var offset: String?
    var filename: String?
    var languages: String?

    enum CodingKeys: String, CodingKey {
      case mime, status, length, offset, filename, languages
      case detected = "mime-detected"
    }
  }

  /// The longest record that is read, in bytes.
  static let maximumLength: Int64 = 1 << 27

  /// Reads a line; `nil` where it is none, or names a place that cannot be.
  init?(_ line: Substring) {
    let parts = line.split(separator: " ", maxSplits: 2)
    guard parts.count == 3,
      let fields = try? JSONDecoder().decode(Fields.self, from: Data(parts[2].utf8)),
      let file = fields.filename, file.hasPrefix("crawl-data/"), !file.contains(".."),
      file.utf8.count <= 1024, file.utf8.allSatisfy({ 0x21...0x7e ~= $0 && $0 != 0x3f }),
      let offset = fields.offset.flatMap({ Int64($0) }), offset >= 0,
      let length = fields.length.flatMap({ Int64($0) }), 1...Self.maximumLength ~= length,
      offset <= .max - length
    else { return nil }
    key = String(parts[0])
    mime = fields.mime?.lowercased() ?? ""
    detectedMime = fields.detected?.lowercased() ?? ""
    status = fields.status ?? ""
    languages = fields.languages?.split(separator: ",").map(String.init) ?? []
    self.file = file
    self.offset = offset
    self.length = length
  }
}

extension CrawlQuery {
  /// Whether the record of a line is wanted: a response of success that fits the conditions.
  func matches(_ line: IndexLine) -> Bool {
    guard line.status == "200" else { return false }
    if let keys = domainKeys, !keys.contains(where: { line.key.hasPrefix($0) }) { return false }
    if let language, line.languages.first != language { return false }
    if let mime, line.detectedMime != mime, line.mime != mime { return false }
    return true
  }

  /// How keys of the domain begin: its own pages, and those of its subdomains.
  var domainKeys: [String]? {
    guard let domain else { return nil }
    let reversed = domain.split(separator: ".").reversed().joined(separator: ",")
    return [reversed + ")", reversed + ","]
  }

  /// The keys from and up to which those of the domain stand in the index.
  var keyRange: Range<String>? {
    // A parenthesis, a comma and a hyphen follow each other nearly so in ASCII.
    domainKeys.map { $0[0]..<String($0[0].dropLast()) + "-" }
  }
}

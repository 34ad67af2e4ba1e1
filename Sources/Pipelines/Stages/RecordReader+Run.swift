internal import Documents
internal import WebArchive

extension ReadConfiguration {
  /// The bounds that reading an archive keeps.
  var limits: ArchiveLimits {
    var limits = ArchiveLimits()
    limits.maximumBlockBytes = maximumBlockBytes
    return limits
  }
}

extension RunContext {
  /// Opens an archive of the run.
  func recordReader(_ input: Int) throws -> RecordReader {
    try RecordReader(
      path: inputs[input].path, archiveDigest: inputs[input].digest,
      limits: configuration.read.limits)
  }
}

extension WARCRecord {
  /// The HTTP response that the record's block holds.
  var httpResponse: Decision<HTTPResponse> {
    switch block {
    case .dropped(let reason): .dropped(reason)
    case .kept(let bytes): HTTPResponse.parse(bytes)
    }
  }
}

extension Decision where Value == WARCRecord {
  /// The HTTP response that the record's block holds, if there is a record.
  var httpResponse: Decision<HTTPResponse> {
    switch self {
    case .dropped(let reason): .dropped(reason)
    case .kept(let record): record.httpResponse
    }
  }
}

extension HTTPResponse {
  /// The media type without parameters, in lower case (RFC 9110, §8.3.1).
  var mediaType: String? {
    contentType.map { text in
      let type = text.prefix { $0 != ";" && $0 != "," }
      return type.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }
  }
}

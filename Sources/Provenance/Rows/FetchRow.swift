public import Documents
internal import GRDB

/// The state of a URL that was asked for over the network.
public struct FetchRow: Hashable, Sendable, Codable {
  /// Where the WARC record of a response stands.
  public struct Place: Hashable, Sendable, Codable {
    /// The number of the archive among those of the run's fetched images.
    public var segment: Int
    /// The byte offset of the record in it.
    public var offset: Int64
    /// The record's length in bytes.
    public var length: Int64

    /// Makes a place from its parts.
    public init(segment: Int, offset: Int64, length: Int64) {
      self.segment = segment
      self.offset = offset
      self.length = length
    }
  }

  /// What was kept of a response.
  public struct Kept: Hashable, Sendable, Codable {
    /// The address that gave the bytes, after redirects.
    public var finalURL: String
    /// The media type that the bytes have.
    public var mediaType: String
    /// The SHA-256 of the bytes.
    public var digest: Digest
    /// Where they stand.
    public var place: Place

    /// Makes it from its parts.
    public init(finalURL: String, mediaType: String, digest: Digest, place: Place) {
      self.finalURL = finalURL
      self.mediaType = mediaType
      self.digest = digest
      self.place = place
    }
  }

  /// The normalised URL.
  public var url: String
  /// What was kept; `nil` where nothing was.
  public var kept: Kept?
  /// Why nothing was kept, otherwise.
  public var reason: Reason.Code?
  /// More of the reason.
  public var detail: String?
  /// Whether the reason may have passed when a later run asks again.
  public var mayPass = false
  /// How many requests were sent for it, in all runs.
  public var requests: Int
  /// The status of the last response; `nil` where none came.
  public var status: Int?
  /// The names of the opt-outs that were found, in order, separated by spaces.
  public var optOuts = ""
  /// When it was asked for last, in seconds since 1970.
  public var fetched: Int64

  /// Makes the state of a URL of which nothing is known but this.
  public init(url: String, requests: Int, fetched: Int64) {
    self.url = url
    self.requests = requests
    self.fetched = fetched
  }
}

extension FetchRow: KeyedRow {
  static let table = "fetches"
  static let columns = [
    "url", "state", "reason", "detail", "may_pass", "requests", "status", "opt_outs", "final_url",
    "media_type", "digest", "segment", "\"offset\"", "length", "fetched",
  ]

  func values(part: Int64) -> [(any DatabaseValueConvertible)?] {
    [
      url, kept == nil ? "dropped" : "kept", reason?.rawValue, detail, mayPass, requests, status,
      optOuts, kept?.finalURL, kept?.mediaType, kept?.digest.column, kept?.place.segment,
      kept?.place.offset, kept?.place.length, fetched,
    ]
  }

  init(row: Row) throws {
    self.init(url: row["url"], requests: row["requests"], fetched: row["fetched"])
    reason = (row["reason"] as String?).map { Reason.Code($0) }
    detail = row["detail"]
    mayPass = row["may_pass"]
    status = row["status"]
    optOuts = row["opt_outs"]
    guard reason == nil else { return }
    kept = Kept(
      finalURL: row["final_url"], mediaType: row["media_type"],
      digest: try Digest(column: row["digest"]),
      place: Place(segment: row["segment"], offset: row["offset"], length: row["length"]))
  }
}

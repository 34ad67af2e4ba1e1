internal import Documents
internal import Hashing

/// The records of one archive that later `revisit` records may repeat, by everything a revisit may
/// name them with.
///
/// A revisit names an earlier record by `WARC-Refers-To`, by `WARC-Refers-To-Target-URI` and
/// `WARC-Refers-To-Date`, or by the digest of the payload they share
/// <https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/#revisit>. Of each
/// record only places and digests are kept, no bytes and no text, and the number of records is
/// bounded.
public struct RevisitIndex: Sendable {
  /// What a revisit repeats.
  public struct Original: Sendable {
    /// The record that holds the payload.
    public var record: RecordReference
    /// The media type of the payload, where its record tells one.
    public var mediaType: String?
    /// Whether the same payload was met under the revisit's own URL before.
    public var isKnownHere: Bool
  }

  private struct Entry {
    var record: RecordReference
    var mediaType: String?
  }

  /// What a payload is found by, as the beginning of a SHA-256.
  private struct Key: Hashable {
    var high: UInt64
    var low: UInt64

    init(_ kind: String, _ parts: [String]) {
      // No field of a header holds a line feed.
      let bytes = Digest(of: Array(([kind] + parts).joined(separator: "\n").utf8)).bytes
      high = bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }
      low = bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  private let maximumRecords: Int
  private var entries: [Entry] = []
  private var places: [Key: Int] = [:]
  private var visits: Set<Key> = []

  /// Makes an empty index.
  ///
  /// - Parameter maximumRecords: The most records that are kept; a revisit of one beyond them is not
  ///   resolved.
  public init(maximumRecords: Int = 1 << 20) { self.maximumRecords = maximumRecords }

  /// Notes a record that has a payload.
  ///
  /// - Parameters:
  ///   - url: The URL that the payload was found under, in the form in which URLs are compared.
  ///   - mediaType: The payload's media type.
  public mutating func add(_ record: WARCRecord, url: String, mediaType: String?) {
    guard entries.count < maximumRecords else { return }
    entries.append(Entry(record: record.reference, mediaType: mediaType))
    name(entries.count - 1, record, url)
  }

  /// Finds what a revisit repeats, and notes that the revisit's URL has it too; `nil` where no record
  /// that was added is meant.
  ///
  /// - Parameter url: The revisit's URL, in the form in which URLs are compared.
  public mutating func original(of revisit: WARCRecord, url: String) -> Original? {
    guard let target = Self.targets(of: revisit).first(where: { places[$0] != nil }),
      let place = places[target]
    else { return nil }
    let isKnownHere = visits.contains(Self.visit(of: place, url))
    // A revisit of this revisit means the same payload.
    name(place, revisit, url)
    return Original(
      record: entries[place].record, mediaType: entries[place].mediaType, isKnownHere: isKnownHere)
  }

  /// Notes the names by which a record's payload may be meant; of two payloads of one name the later
  /// counts, but for digests, whose payloads are the same.
  private mutating func name(_ place: Int, _ record: WARCRecord, _ url: String) {
    guard visits.count < 2 * maximumRecords else { return }
    visits.insert(Self.visit(of: place, url))
    if let id = record.fields["WARC-Record-ID"] { places[Key("id", [id])] = place }
    if let target = record.targetURI, let date = record.date {
      places[Key("visit", [target, date])] = place
    }
    if let digest = record.fields["WARC-Payload-Digest"] {
      let key = Key("digest", [digest])
      if places[key] == nil { places[key] = place }
    }
  }

  private static func visit(of place: Int, _ url: String) -> Key { Key("\(place)", [url]) }

  /// The names that a revisit gives for what it repeats, the most certain first.
  private static func targets(of revisit: WARCRecord) -> [Key] {
    let fields = revisit.fields
    var keys = fields["WARC-Refers-To"].map { [Key("id", [$0])] } ?? []
    if let target = fields["WARC-Refers-To-Target-URI"], let date = fields["WARC-Refers-To-Date"] {
      keys.append(Key("visit", [WARCRecord.withoutAngleBrackets(target), date]))
    }
    if let digest = fields["WARC-Payload-Digest"] { keys.append(Key("digest", [digest])) }
    return keys
  }
}

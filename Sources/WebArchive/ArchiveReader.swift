internal import Compression
public import Documents
internal import Hashing
public import Storage

/// A reader of all records of one archive file, in order.
///
/// It reads `.warc`, `.warc.gz` and `.warc.zst`, with one record a member, several, or all in one
/// member. Damage is an item like a record: what cannot be read is told with place, length and
/// reason, and reading goes on at the next record that can be found. Memory depends on the limits
/// only.
///
///     var reader = try ArchiveReader(path: path, input: 0, archiveDigest: digest)
///     while let item = reader.next() { … }
public struct ArchiveReader: ~Copyable {
  /// The size of the file in bytes.
  public let byteCount: Int64
  /// How many bytes of the file were read so far, and as what; at the end they are all of it.
  public internal(set) var coverage = ArchiveCoverage()

  let file: MappedFile
  let input: Int
  let digest: Digest
  let dictionary: ArchiveDictionary
  var stream: MemberStream
  var resynchroniser: Resynchroniser
  // Where the next member is looked for.
  var position = 0
  var member: OpenMember?
  // A record that waits for the damage before it to be told first.
  var waiting: ArchiveItem?
  // How many bytes of the file may be read again in search of records inside damage. Without a
  // bound, a hostile archive could have each of its bytes read as often as it has members.
  var rereadBudget: Int
  // Up to where the file's memory was given back.
  private var released = 0
  private static let releasedAtOnce = 1 << 24

  /// Opens an archive.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - input: The archive's index among the run's inputs, for ``RecordLocation/input``.
  ///   - archiveDigest: The SHA-256 of the file, from which the records' identities are made.
  ///   - limits: The bounds to keep.
  /// - Throws: ``StorageError`` where the file cannot be opened. Damage in the file is no error.
  public init(
    path: String, input: Int, archiveDigest: Digest, limits: ArchiveLimits = ArchiveLimits()
  ) throws(StorageError) {
    file = try MappedFile(path: path)
    let archiveBytes = Int64(file.count)
    let format = ArchiveFormat(of: file, archiveBytes: archiveBytes)
    self.input = input
    digest = archiveDigest
    byteCount = archiveBytes
    dictionary = ArchiveDictionary(
      of: file, format: format, archiveBytes: archiveBytes, limits: limits)
    stream = MemberStream(
      file: file, format: format, dictionary: dictionary.dictionary, limits: limits,
      windowBytes: limits.maximumBufferedMemberBytes)
    resynchroniser = Resynchroniser(file: file, format: format)
    // Small files may be read over many times, large ones twice.
    rereadBudget = 2 * file.count + (1 << 24)
  }

  /// The next record or damaged stretch; `nil` at the end of the file.
  public mutating func next() -> ArchiveItem? {
    release()
    if let item = waiting {
      waiting = nil
      return item
    }
    while true {
      if let item = member == nil ? beginMember() : nextInMember() { return item }
      if member == nil && position == file.count { return nil }
    }
  }

  /// Gives back the memory of what was read, so that it does not grow with the archive.
  private mutating func release() {
    let end = max(position, stream.position)
    guard end - released >= Self.releasedAtOnce else { return }
    file.release(released..<end)
    released = end
  }

  /// Opens what stands at the position; returns an item where that is damage.
  private mutating func beginMember() -> ArchiveItem? {
    let start = position
    if start == file.count { return nil }
    if stream.format == .plain {
      open(at: start)
      return nil
    }
    switch stream.format.unit(in: file, at: start) {
    case .member:
      open(at: start)
      return nil
    case .garbage:
      position = resynchroniser.nextMember(from: start + 1)
      return damage(start..<position, Reason(.garbage))
    case .skippable(let length):
      guard length <= file.count - start else {
        position = resynchroniser.nextMember(from: start + 1)
        return damage(start..<position, Reason(.truncatedMember))
      }
      position += length
      if start == 0, let fault = dictionary.fault { return damage(start..<position, fault) }
      coverage.framing += Int64(length)
      return nil
    }
  }

  private mutating func open(at offset: Int) {
    stream.open(at: offset, inOneGo: true)
    member = OpenMember()
  }

  /// Accounts for a stretch of the file as damage.
  mutating func damage(
    _ range: Range<Int>, _ reason: Reason, location: RecordLocation? = nil
  ) -> ArchiveItem {
    coverage.damaged += Int64(range.count)
    let id = RecordID(
      archive: digest, memberOffset: location?.memberOffset ?? Int64(range.lowerBound),
      recordOffset: location?.recordOffset ?? 0)
    return .damaged(
      DamagedRange(
        id: id, offset: Int64(range.lowerBound), length: Int64(range.count), location: location,
        reason: reason))
  }
}

/// What is known of the member that is being read.
struct OpenMember {
  /// Bytes that could not be read as a record, from an offset in the member on.
  struct Loss {
    var start: Int64
    var reason: Reason
  }

  /// How many records it gave so far.
  var records = 0
  /// The offset in the member up to which it is told what there is.
  var toldEnd: Int64 = 0
  /// The place in the file from which bytes after the last record may come.
  var anchor = 0
  /// What was lost since the last record.
  var loss: Loss?
}

internal import Compression
internal import Documents
internal import Storage

/// The bytes of one member of an archive, decompressed as they are asked for.
///
/// A plain archive is one member that is not compressed. Memory is one window, however large the
/// member: a member that fits it is decompressed in one go, which is fastest; any other is
/// streamed.
struct MemberStream: ~Copyable {
  /// How the bytes of the member ended.
  enum Ending {
    case complete
    case failed(Reason)
  }

  /// The most bytes that are added to the window at once when streaming.
  static let fillBytes = 1 << 17
  // Below this many bytes a member may expand as it likes: it costs a second at most.
  private static let freeExpansionBytes = 1 << 30

  let file: MappedFile
  let format: ArchiveFormat
  let limits: ArchiveLimits
  /// Where the member begins in the file.
  private(set) var memberOffset = 0
  /// Up to where the file was used.
  private(set) var position = 0
  /// Where in the file the bytes begin that were added to the window last.
  private(set) var fillOffset = 0
  /// How many bytes the member gave so far.
  private(set) var produced: Int64 = 0
  /// How the member ended; `nil` while there may be more.
  private(set) var ending: Ending?
  /// Whether the member is known to be damaged or cut short, which its beginning does not show.
  private(set) var isSuspect = false

  private var window: ByteBuffer
  private let decompressor: StreamDecompressor?
  private let wholeDecompressor: MemberDecompressor?

  /// - Parameter windowBytes: The largest member that is decompressed in one go.
  init(
    file: MappedFile, format: ArchiveFormat, dictionary: ZstdDictionary?, limits: ArchiveLimits,
    windowBytes: Int
  ) {
    self.file = file
    self.format = format
    self.limits = limits
    window = ByteBuffer(capacity: max(windowBytes, limits.maximumHeaderBytes + 2 * Self.fillBytes))
    decompressor = format.compression.map { StreamDecompressor($0, dictionary: dictionary) }
    wholeDecompressor = format == .gzip ? MemberDecompressor() : nil
  }

  /// The bytes at hand.
  var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get { window.bytes }
  }

  /// The number of bytes at hand.
  var available: Int { window.count }

  /// The offset in the member of the next byte.
  var offset: Int64 { produced - Int64(window.count) }

  /// How many bytes follow, where that is known.
  var remaining: Int64? {
    if ending != nil { return Int64(window.count) }
    return format == .plain ? Int64(window.count + file.count - position) : nil
  }

  /// Begins a member, decompressing it in one go where it fits and that is wanted.
  mutating func open(at offset: Int, inOneGo: Bool) {
    restart(at: offset)
    guard inOneGo else { return }
    let file = file
    let input = file.bytes.extracting(droppingFirst: offset)
    if let wholeDecompressor {
      switch wholeDecompressor.decompress(input, into: &window) {
      case .ended(let consumed): begin(consumed: consumed, ending: .complete)
      case .damaged: isSuspect = true
      case .tooLarge: break
      }
    } else if let decompressor {
      let progress = decompressor.decompress(input, into: &window)
      switch progress.status {
      case .ended: begin(consumed: progress.consumed, ending: .complete)
      case .needsRoom: begin(consumed: progress.consumed, ending: nil)
      case .needsInput, .damaged:
        // Smaller steps lose fewer of the bytes before the fault.
        restart(at: offset)
        isSuspect = true
      }
    }
  }

  private mutating func begin(consumed: Int, ending: Ending?) {
    position += consumed
    produced = Int64(window.count)
    self.ending = ending
  }

  private mutating func restart(at offset: Int) {
    memberOffset = offset
    position = offset
    fillOffset = offset
    produced = 0
    ending = nil
    isSuspect = false
    window.removeAll()
    decompressor?.reset()
  }

  /// Adds more bytes to the window; false where there are none.
  mutating func fill() -> Bool {
    guard ending == nil else { return false }
    fillOffset = position
    let before = produced
    let file = file
    let input = file.bytes.extracting(droppingFirst: position)
    if let decompressor {
      let progress = decompressor.decompress(input, into: &window, atMost: Self.fillBytes)
      position += progress.consumed
      produced += Int64(progress.produced)
      ending = ending(after: progress.status)
    } else {
      let added = window.append(input.extracting(first: Self.fillBytes))
      position += added
      produced += Int64(added)
      if added == 0 { ending = .complete }
    }
    return produced > before
  }

  private func ending(after status: StreamDecompressor.Status) -> Ending? {
    switch status {
    case .ended: return .complete
    case .needsInput: return .failed(Reason(.truncatedMember))
    case .damaged(let message): return .failed(Reason(.damagedMember, detail: message))
    case .needsRoom: break
    }
    let used = Int64(position - memberOffset)
    let expansion = Int64(CompressionFormat.deflateGreatestExpansion)
    if produced > Self.freeExpansionBytes && produced / expansion > used {
      return .failed(
        Reason(
          .memberExpandsTooMuch, measured: Double(produced) / Double(used),
          threshold: Double(expansion)))
    }
    return nil
  }

  /// Removes bytes at hand.
  mutating func consume(_ count: Int) { window.removeFirst(count) }

  /// Copies bytes at hand without removing them.
  borrowing func copy(_ range: Range<Int>) -> [UInt8] { window.copy(range) }

  /// Brings at least so many bytes to hand; false where the member has fewer.
  mutating func require(_ count: Int) -> Bool {
    while window.count < count {
      if !fill() { return false }
    }
    return true
  }

  /// Skips bytes; false where the member has fewer.
  mutating func skip(_ count: Int64) -> Bool {
    var rest = count
    while true {
      let now = min(rest, Int64(window.count))
      window.removeFirst(Int(now))
      rest -= now
      if rest == 0 { return true }
      if format == .plain {
        // A plain file is skipped without touching its pages.
        let jump = min(rest, Int64(file.count - position))
        position += Int(jump)
        produced += jump
        rest -= jump
        if rest == 0 { return true }
      }
      if !fill() { return false }
    }
  }

  /// Removes and returns bytes; `nil` where the member has fewer.
  mutating func read(_ count: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while true {
      let now = min(count - bytes.count, window.count)
      window.copy(0..<now, to: &bytes)
      window.removeFirst(now)
      if bytes.count == count { return bytes }
      if !fill() { return nil }
    }
  }
}

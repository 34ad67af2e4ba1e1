/// A first-in first-out run of bytes in memory of a fixed size that is used again and again.
///
/// The memory is reserved, not touched: the operating system gives a page of it when it is first
/// written, so a large capacity costs only what the largest content needed.
public struct ByteBuffer: ~Copyable {
  /// The most bytes that fit.
  public let capacity: Int

  private let storage: UnsafeMutableRawPointer
  private var lower = 0
  private var upper = 0

  /// Makes an empty buffer.
  public init(capacity: Int) {
    precondition(capacity > 0, "a buffer has room for at least one byte")
    self.capacity = capacity
    storage = .allocate(byteCount: capacity, alignment: 1)
  }

  deinit { storage.deallocate() }

  /// The number of bytes in the buffer.
  public var count: Int { upper - lower }

  /// Whether the buffer holds no bytes.
  public var isEmpty: Bool { lower == upper }

  /// How many bytes can be added.
  public var room: Int { capacity - count }

  /// The bytes in the buffer, oldest first.
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get {
      let buffer = UnsafeBufferPointer(
        start: storage.advanced(by: lower).assumingMemoryBound(to: UInt8.self), count: count)
      return _overrideLifetime(Span(_unsafeElements: buffer), borrowing: self)
    }
  }

  /// Copies the bytes at a range of offsets.
  public borrowing func copy(_ range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range within the buffer")
    return [UInt8](
      UnsafeRawBufferPointer(start: storage + lower + range.lowerBound, count: range.count))
  }

  /// Adds the bytes at a range of offsets to an array.
  public borrowing func copy(_ range: Range<Int>, to array: inout [UInt8]) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range within the buffer")
    array.append(
      contentsOf: UnsafeRawBufferPointer(
        start: storage + lower + range.lowerBound, count: range.count))
  }

  /// Removes the oldest bytes.
  public mutating func removeFirst(_ count: Int) {
    precondition(count >= 0 && count <= self.count, "no more bytes than there are")
    lower += count
    if lower == upper { removeAll() }
  }

  /// Removes all bytes.
  public mutating func removeAll() {
    lower = 0
    upper = 0
  }

  /// Adds as many of the given bytes as there is room for, and tells how many.
  public mutating func append(_ bytes: RawSpan) -> Int {
    let added = min(bytes.byteCount, room)
    if added > 0 {
      bytes.withUnsafeBytes { source in
        write {
          $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<added])); return added
        }
      }
    }
    return added
  }

  /// Lets a function fill the free memory; it returns how many bytes it wrote at the start.
  mutating func write(_ body: (UnsafeMutableRawBufferPointer) -> Int) {
    if lower > 0 {
      storage.copyMemory(from: storage + lower, byteCount: count)
      upper -= lower
      lower = 0
    }
    let written = body(
      UnsafeMutableRawBufferPointer(start: storage + upper, count: capacity - upper))
    precondition(
      written >= 0 && upper + written <= capacity, "no more bytes than there was room for")
    upper += written
  }
}

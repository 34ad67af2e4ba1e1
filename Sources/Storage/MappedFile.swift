internal import Glibc

/// A whole file as bytes in memory, mapped and not copied; or bytes that stand for one.
///
/// The file must not shrink while it is mapped: reading past its new end would end the process. weft
/// never changes a file it has committed, and its inputs are digested before they are mapped.
public final class MappedFile: Sendable {
  /// The path the file was opened by.
  public let path: String
  /// The size in bytes.
  public let count: Int
  private nonisolated(unsafe) let start: UnsafeRawPointer?
  private let isMapped: Bool

  /// Maps a file; an empty file maps to no bytes.
  ///
  /// - Throws: ``StorageError`` where the file cannot be opened or mapped.
  public init(path: String) throws(StorageError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last(.open, path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last(.open, path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw StorageError(.open, path: path, errorNumber: EISDIR)
    }
    self.path = path
    isMapped = true
    count = Int(status.st_size)
    if count == 0 {
      start = nil
      return
    }
    let mapping = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapping, mapping != MAP_FAILED else { throw .last(.map, path) }
    start = UnsafeRawPointer(mapping)
  }

  /// Holds bytes in memory in the place of a file.
  ///
  /// - Parameter path: What they are called.
  public init(holding bytes: [UInt8], as path: String) {
    self.path = path
    isMapped = false
    count = bytes.count
    if bytes.isEmpty {
      start = nil
      return
    }
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 8)
    memory.copyBytes(from: bytes)
    start = UnsafeRawPointer(memory.baseAddress)
  }

  deinit {
    guard let start else { return }
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: start), count)
    } else {
      start.deallocate()
    }
  }

  /// The file's bytes; valid as long as the file is.
  public var bytes: RawSpan {
    @_lifetime(borrow self)
    borrowing get {
      let buffer = UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
      return _overrideLifetime(RawSpan(_unsafeBytes: buffer), borrowing: self)
    }
  }

  /// Gives back the memory of a range that will not be read again soon.
  ///
  /// Without it a file that is read through is in memory whole in the end. The bytes can still be read;
  /// the operating system then brings them back.
  public func release(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range within the file")
    let page = sysconf(Int32(_SC_PAGESIZE))
    let first = (range.lowerBound + page - 1) / page * page
    let last = range.upperBound / page * page
    guard isMapped, let start, first < last else { return }
    // It is advice: where it cannot be followed nothing is lost but memory.
    _ = madvise(UnsafeMutableRawPointer(mutating: start + first), last - first, MADV_DONTNEED)
  }

  /// Copies a range of the file.
  ///
  /// - Precondition: The range lies in the file.
  public func copy(_ range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range within the file")
    guard let start else { return [] }
    return [UInt8](UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count))
  }

  /// Calls a function with the file's bytes.
  public func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }
}

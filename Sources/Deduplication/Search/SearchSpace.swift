internal import Storage

/// Where a search sorts, how much memory that may take, and who is told how far it is.
public struct SearchSpace {
  let scratch: String
  let memoryBytes: Int
  let step: (Int) throws -> Void

  /// Describes where to search.
  ///
  /// - Parameters:
  ///   - scratch: A directory for sorted runs, which is made, emptied and removed.
  ///   - memoryBytes: How much memory sorting may take.
  ///   - step: Called with the number of documents that were looked at since the last time; what it throws
  ///     ends the search.
  public init(
    scratch: String, memoryBytes: Int = 256 << 20, step: @escaping (Int) throws -> Void = { _ in }
  ) {
    (self.scratch, self.memoryBytes, self.step) = (scratch, memoryBytes, step)
  }

  /// Calls a function that may sort in the directory.
  func using(_ body: () throws -> Void) throws {
    try Directory.remove(scratch)
    try Directory.make(scratch)
    try body()
    try Directory.remove(scratch)
  }

  func sorter() -> ExternalSorter {
    ExternalSorter(directory: scratch, memoryBytes: memoryBytes)
  }
}

extension PageReader {
  /// How many batches may wait for each thread, for the one before them to be done: a page may take a
  /// hundred times as long as its neighbours.
  private static let batchesPerThread = 4

  /// Extracts all pages of an archive, several at a time, and hands over what was made of each in the
  /// order of the archive.
  ///
  /// What is handed over does not depend on the number of threads, and memory only on it and not on
  /// the archive. There are never more threads than the machine has cores.
  ///
  /// - Parameters:
  ///   - threads: How many pages to extract at once, at least 1.
  ///   - transform: What to make of a page; called on any thread.
  ///   - body: Takes what was made; called for one page after the other.
  /// - Throws: `StorageError` where the file cannot be read, and what the functions throw.
  public static func forEachPage<Output: Sendable>(
    of path: String, threads: Int, transform: @escaping @Sendable (Page) throws -> Output,
    _ body: (Output) throws -> Void
  ) async throws {
    precondition(threads > 0, "extraction takes at least one thread")
    var reader = try PageReader(path: path)
    if threads == 1 {
      while let batch = reader.next() {
        for page in batch.extracted() { try body(transform(page)) }
      }
      return
    }
    try await withThrowingTaskGroup(of: (number: Int, outputs: [Output]).self) { group in
      var done: [Int: [Output]] = [:]
      var begun = 0
      var running = 0
      var handedOver = 0
      while true {
        while running < threads, begun - handedOver < threads * batchesPerThread,
          let batch = reader.next()
        {
          group.addTask { [begun] in (begun, try batch.extracted().map(transform)) }
          begun += 1
          running += 1
        }
        guard let (number, outputs) = try await group.next() else { return }
        running -= 1
        done[number] = outputs
        while let outputs = done.removeValue(forKey: handedOver) {
          for output in outputs { try body(output) }
          handedOver += 1
        }
      }
    }
  }
}

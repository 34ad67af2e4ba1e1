/// Sorts more 128-bit keys than memory holds, by way of sorted runs in files.
///
/// Memory is bounded by `memoryBytes` while keys are added, and by that again while they are merged.
public struct ExternalSorter: ~Copyable {
  private let directory: String
  private let capacity: Int
  private var keys: [UInt128] = []
  private var runs: [String] = []

  private static var keyBytes: Int { 16 }

  /// Makes a sorter.
  ///
  /// - Parameters:
  ///   - directory: Where runs are written; it must be there, and be no other sorter's.
  ///   - memoryBytes: How much memory the keys may take.
  public init(directory: String, memoryBytes: Int = 256 << 20) {
    self.directory = directory
    capacity = max(2, memoryBytes / Self.keyBytes)
  }

  /// Adds a key.
  public mutating func add(_ key: UInt128) throws {
    if keys.count == capacity { try spill() }
    keys.append(key)
  }

  /// Calls a function with each key in ascending order, and removes the runs.
  public consuming func forEach(_ body: (UInt128) throws -> Void) throws {
    if runs.isEmpty {
      keys.sort()
      for key in keys { try body(key) }
      return
    }
    try spill()
    keys = []
    try Self.merge(runs, buffer: max(1, capacity / runs.count), body)
    for run in runs { try FileSystem.remove(run) }
  }

  private mutating func spill() throws {
    keys.sort()
    let path = "\(directory)/run-\(runs.count)"
    let file = try AtomicFile(path: path)
    for start in stride(from: 0, to: keys.count, by: 1 << 14) {
      let words = keys[start..<min(keys.count, start + 1 << 14)].flatMap { key in
        [UInt64(truncatingIfNeeded: key >> 64), UInt64(truncatingIfNeeded: key)]
      }
      try file.write(words: words)
    }
    try file.commit()
    runs.append(path)
    keys.removeAll(keepingCapacity: true)
  }

  private static func merge(
    _ paths: [String], buffer: Int, _ body: (UInt128) throws -> Void
  ) throws {
    var runs = try paths.map { try SortedRun(path: $0, buffer: buffer) }
    var heap = MergeHeap()
    for index in runs.indices {
      if let key = runs[index].next() { heap.insert(key, run: index) }
    }
    while let (key, run) = heap.first {
      try body(key)
      if let next = runs[run].next() {
        heap.replaceFirst(next, run: run)
      } else {
        heap.removeFirst()
      }
    }
  }
}

/// A sorted run, read a buffer at a time.
private struct SortedRun {
  private let file: MappedFile
  private let buffer: Int
  private var words: [UInt64] = []
  private var at = 0
  private var offset = 0

  init(path: String, buffer: Int) throws {
    file = try MappedFile(path: path)
    self.buffer = buffer * 2
  }

  mutating func next() -> UInt128? {
    if at == words.count {
      let end = min(file.count / 8, offset + buffer)
      if offset == end { return nil }
      words = file.words(offset..<end)
      file.release(offset * 8..<end * 8)
      (at, offset) = (0, end)
    }
    defer { at += 2 }
    return UInt128(words[at]) << 64 | UInt128(words[at + 1])
  }
}

internal import Documents
internal import Storage

extension PartitionWriter {
  /// Calls a function with a directory for sorting that no other partition has, and removes it after.
  func sorting<Result>(_ body: (_ directory: String) throws -> Result) throws -> Result {
    let directory = path(of: "\(RunDirectory.sortedRuns)/\(key)")
    // A process that was killed leaves its own.
    try Directory.remove(directory)
    try Directory.make(directory)
    let result = Swift.Result { try body(directory) }
    try Directory.remove(directory)
    return try result.get()
  }
}

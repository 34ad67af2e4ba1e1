internal import Compression
internal import Documents
internal import WebArchive

/// Consecutive responses of one archive: the input of a partition.
struct ResponseChunk: Sendable {
  let input: RunInput
  let responses: [ArchivedResponse]
  let limits: ArchiveLimits

  /// Opens the archive.
  func recordReader() throws -> RecordReader {
    try RecordReader(path: input.path, archiveDigest: input.digest, limits: limits)
  }

  /// Divides the responses of one kind, archive by archive, into chunks of at most a number.
  ///
  /// A chunk never holds responses of two archives.
  static func all(
    _ kind: ArchivedResponse.Kind, of run: RunContext, size: Int
  ) throws -> [ResponseChunk] {
    var chunks: [ResponseChunk] = []
    let limits = run.configuration.read.limits
    for input in run.inputs {
      var pending: [ArchivedResponse] = []
      func emit() {
        if !pending.isEmpty {
          chunks.append(ResponseChunk(input: input, responses: pending, limits: limits))
        }
        pending.removeAll()
      }
      var reader = try JSONLinesReader<ArchivedResponse>(
        path: run.directory.path(RunDirectory.records(input.input)))
      while let response = try reader.next() {
        guard response.kind == kind else { continue }
        pending.append(response)
        if pending.count == size { emit() }
      }
      emit()
    }
    return chunks
  }
}

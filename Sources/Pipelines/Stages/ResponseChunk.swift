internal import Compression
internal import Documents
internal import RemoteArchives
internal import WebArchive

/// Consecutive responses of one archive: the input of a partition.
struct ResponseChunk: Sendable {
  let input: RunInput
  let responses: [ArchivedResponse]
  let limits: ArchiveLimits
  let archives: ArchiveAccess

  /// Opens the archive, or brings the bytes of the responses where it lies in a store.
  func recordReader(_ writer: PartitionWriter) throws -> RecordReader {
    let locations = responses.flatMap { [$0.location, $0.original?.location].compactMap { $0 } }
    return try archives.recordReader(
      of: input.archive, for: locations, limits: limits, isStopped: { writer.isInterrupted })
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
          chunks.append(
            ResponseChunk(
              input: input, responses: pending, limits: limits, archives: run.archives))
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

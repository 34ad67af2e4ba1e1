internal import Compression
internal import Documents
internal import RemoteArchives
internal import WebArchive

/// Consecutive responses of one kind of one archive: the input of a partition.
///
/// It is a few numbers; what the responses are is read when the partition is made.
struct ResponseChunk: Sendable {
  let input: RunInput
  let kind: ArchivedResponse.Kind
  /// The first one's number among the archive's responses of the kind.
  let first: Int
  let count: Int
  private let index: ResponseIndex
  private let run: RunContext

  /// What they are, in order.
  ///
  /// - Throws: `JSONLinesError` where their list is damaged.
  func responses() throws -> [ArchivedResponse] {
    var reader = try JSONLinesReader<ArchivedResponse>(
      path: run.directory.path(RunDirectory.records(input.input)))
    let place = index.place(of: first, kind)
    try reader.skip(lines: place.line)
    var found: [ArchivedResponse] = []
    var toPass = place.passed
    while found.count < count {
      guard let response = try reader.next() else {
        throw RunError(
          .damaged,
          "'\(reader.path)' has fewer responses than its index says; `weft verify --repair` makes "
            + "them anew")
      }
      if response.kind != kind { continue }
      if toPass > 0 { toPass -= 1 } else { found.append(response) }
    }
    return found
  }

  /// Opens the archive, or brings the bytes of the responses where it lies in a store.
  func recordReader(
    _ responses: [ArchivedResponse], _ writer: PartitionWriter
  ) throws -> RecordReader {
    let locations = responses.flatMap { [$0.location, $0.original?.location].compactMap { $0 } }
    return try run.archives.recordReader(
      of: input.archive, for: locations, limits: run.configuration.read.limits,
      isStopped: { writer.isInterrupted })
  }

  /// Divides the responses of one kind, archive by archive, into chunks of at most a number.
  ///
  /// A chunk never holds responses of two archives.
  static func all(
    _ kind: ArchivedResponse.Kind, of run: RunContext, size: Int
  ) throws -> [ResponseChunk] {
    try run.inputs.flatMap { input in
      let index = try ResponseIndex(input.input, in: run.directory)
      let total = index.count(kind)
      return stride(from: 0, to: total, by: size).map { first in
        ResponseChunk(
          input: input, kind: kind, first: first, count: min(size, total - first), index: index,
          run: run)
      }
    }
  }

  /// What planning reads to divide them.
  static func planReads(_ run: RunContext) -> [String] {
    run.inputs.map { RunDirectory.responseIndex($0.input) }
  }

  /// The files of the run directory that ``responses()`` reads.
  var reads: [String] { [RunDirectory.records(input.input)] }
}

internal import Compression
public import Documents
internal import Provenance
internal import RemoteArchives
internal import WebAddress
internal import WebArchive

/// Reads each archive once, from its first byte to its last, and notes where its pages and images are.
///
/// A partition is one archive. Bytes that belong to no record are noted as damaged.
public struct ReadStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .read }

  /// Plans one partition an archive.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let limits = run.configuration.read.limits
    return try run.inputs.map { input in
      Partition(
        index: input.input,
        key: try PartitionKey().reading(input.digest)
          .with("maximumBlockBytes", limits.maximumBlockBytes)
          .with("step", ResponseIndex.step),
        work: input.byteCount
      ) {
        try ArchiveScan(
          input: input, limits: limits, archives: run.archives, forgotten: run.forgotten, writer: $0
        ).perform()
      }
    }
  }
}

/// The scan of one archive.
private struct ArchiveScan {
  let input: RunInput
  let limits: ArchiveLimits
  let archives: ArchiveAccess
  let forgotten: ForgottenList
  let writer: PartitionWriter

  func perform() throws -> StageCounts {
    var counts = StageCounts()
    var responses = try JSONLinesWriter(path: writer.output(RunDirectory.records(input.input)))
    var records = ArchivedRecords()
    var index = ResponseIndex()
    var reported: Int64 = 0
    try writer.record(
      .input(
        .init(
          input: input.input, path: input.path, bytes: input.byteCount, digest: input.digest)))
    let (path, copy) = try archives.file(
      of: input.archive, isStopped: { writer.isInterrupted })
    defer { withExtendedLifetime(copy) {} }
    var reader = try ArchiveReader(
      path: path, input: input.input, archiveDigest: input.digest, limits: limits)
    while let item = reader.next() {
      try writer.checkInterruption()
      try note(item, of: &records, in: &counts, writing: &responses, indexing: &index)
      writer.advance(by: reader.coverage.total - reported)
      reported = reader.coverage.total
    }
    writer.advance(by: input.byteCount - reported)
    try responses.commit()
    try index.write(to: writer.output(RunDirectory.responseIndex(input.input)))
    return counts
  }

  private func note(
    _ item: ArchiveItem, of records: inout ArchivedRecords, in counts: inout StageCounts,
    writing responses: inout JSONLinesWriter, indexing index: inout ResponseIndex
  ) throws {
    switch item {
    case .record(let record):
      let facts = records.facts(of: record)
      try writer.record(.record(forgotten.redacted(facts.row(of: record))))
      if let reason = facts.reason {
        counts[.record].drop(reason.code)
        if reason.detail != nil {
          try writer.record(
            .decision(.init(unit: .record, subject: .record(record.id), reason: reason)))
        }
      } else if let response = facts.response(of: record) {
        counts[.record].keep()
        index.add(response.kind, line: responses.count)
        try responses.write(forgotten.redacted(response))
      }
    case .damaged(let range):
      counts[.record].drop(range.reason.code)
      try writer.record(.record(row(of: range)))
      writer.warn(
        "\(input.path): \(range.length) bytes from \(range.offset) are damaged: \(range.reason)")
    }
  }

  /// A damaged stretch in the ledger: a record of its own, with the place and the reason.
  private func row(of range: DamagedRange) -> RecordRow {
    let place =
      range.location
      ?? RecordLocation(
        input: input.input, memberOffset: range.offset, memberLength: range.length,
        recordOffset: 0, recordLength: 0)
    return RecordRow(id: range.id, location: place, kind: .other, reason: range.reason.code)
  }
}

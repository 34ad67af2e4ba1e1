internal import Compression
public import Documents
internal import Hashing
internal import ImageDecoding
internal import Provenance
internal import WebArchive

/// Decodes the image responses of the archives and notes what each is.
///
/// A partition is a number of consecutive image responses of one archive.
public struct ImagesStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .images }

  /// Plans one partition for each ``ImagesConfiguration/imagesPerPart`` images.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let configuration = run.configuration
    let chunks = try ResponseChunk.all(.image, of: run, size: configuration.images.imagesPerPart)
    let limits = configuration.images.limits
    return try chunks.enumerated().map { index, chunk in
      Partition(
        index: index,
        // The archive's place among the inputs stands in the outputs.
        key: try PartitionKey().reading(chunk.input.digest).with("input", chunk.input.input)
          .with("images", [chunk.first, chunk.count]).with("limits", limits)
          .with("maximumBlockBytes", configuration.read.maximumBlockBytes),
        work: Int64(chunk.count), reads: chunk.reads
      ) {
        try ImageCheck(
          chunk: chunk, part: index, limits: limits, forgotten: run.forgotten, writer: $0
        ).perform()
      }
    }
  }

  /// Planning reads how many responses each archive has.
  public func planReads(_ run: RunContext) -> [String] { ResponseChunk.planReads(run) }
}

extension ImagesConfiguration {
  /// What is refused unread.
  var limits: ImageLimits {
    ImageLimits(
      maximumBytes: maximumBytes, maximumPixels: maximumPixels, maximumSide: maximumSide)
  }
}

/// The check of a part's images.
private struct ImageCheck {
  let chunk: ResponseChunk
  let part: Int
  let limits: ImageLimits
  let forgotten: ForgottenList
  let writer: PartitionWriter

  func perform() throws -> StageCounts {
    var counts = StageCounts()
    var outcomes = try JSONLinesWriter(path: writer.output(RunDirectory.images(part)))
    let responses = try chunk.responses()
    let records = try chunk.recordReader(responses, writer)
    for response in responses {
      try writer.checkInterruption()
      var outcome = ImageOutcome(record: response.id, url: response.url)
      switch try check(response, in: records) {
      case .kept(let image):
        outcome.image = image
        counts[.imageResponse].keep()
        try writer.record(.image(.init(image, url: response.url)))
      case .dropped(let reason):
        outcome.reason = reason
        counts[.imageResponse].drop(reason.code)
        try writer.record(
          .decision(.init(unit: .imageResponse, subject: .record(response.id), reason: reason)))
      }
      try outcomes.write(outcome)
      writer.advance(by: 1)
    }
    try outcomes.commit()
    return counts
  }

  private func check(
    _ response: ArchivedResponse, in records: RecordReader
  ) throws -> Decision<ResolvedImage> {
    if forgotten.match(response.url) { return .dropped(Reason(.forgotten)) }
    switch records.response(response) {
    case .dropped(let reason): return .dropped(reason)
    case .kept(let answer):
      switch ImageDecoder.header(of: answer.body) {
      case .dropped(let reason): return .dropped(reason)
      case .kept(let header):
        switch ImageDecoder.decode(answer.body, limits: limits) {
        case .dropped(let reason): return .dropped(reason)
        case .kept(let image):
          let found = ResolvedImage(
            digest: Digest(of: answer.body), format: header.format, width: image.width,
            height: image.height, byteCount: answer.body.count,
            isSingleColour: image.isSingleColour, perceptualHash: image.perceptualHash,
            record: response.payload.id,
            location: response.payload.location)
          return forgotten.match(found) ? .dropped(Reason(.forgotten)) : .kept(found)
        }
      }
    }
  }
}

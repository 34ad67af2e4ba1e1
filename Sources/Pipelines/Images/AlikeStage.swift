internal import Curation
internal import Deduplication
public import Documents

/// Finds pairs of images that look alike; planned only with `curate.images.nearDuplicateBits`.
///
/// A partition is some of the choices of stretches of bits by which hashes are compared.
public struct AlikeStage: Stage {
  private let comparisonsPerPart: Int

  /// Makes the stage.
  public init() {
    // 1 GiB of hashes with their images, in the files that they are sorted by.
    self.init(comparisonsPerPart: 64 << 20)
  }

  /// A stage whose partitions sort so many hashes, for tests.
  init(comparisonsPerPart: Int) { self.comparisonsPerPart = comparisonsPerPart }

  /// The stage's name.
  public var name: StageName { .alike }

  /// Plans one partition for each number of choices; none where look-alikes are not asked for.
  public func plan(_ run: RunContext) throws -> [Partition] {
    guard let distance = run.configuration.curate.images.nearDuplicateBits else { return [] }
    let images = try run.imageResponses()
    let all = LookAlikeSearch.choices(distance: distance)
    let step = max(1, comparisonsPerPart / max(1, images))
    let key = try PartitionKey().reading(run.digests(of: .images, under: "work/images"))
      .with("nearDuplicateBits", distance).with("choices", step)
    let reads = try run.manifests(of: .images).map { RunDirectory.images($0.partition) }
    return stride(from: 0, to: all, by: step).enumerated().map { index, start in
      Partition(index: index, key: key, work: Int64(images), reads: reads) { writer in
        try writer.sorting { scratch in
          var search = LookAlikeSearch(distance: distance, directory: scratch)
          try run.forEachImageOutcome(writer, withScores: false) { outcome in
            guard let image = outcome.image, ImageURLKey(outcome.url) != nil else { return }
            try search.add(image)
          }
          try search.write(
            choices: start..<min(all, start + step),
            to: writer.output(RunDirectory.alikePairs(index)),
            checking: { try writer.checkInterruption() })
        }
        return StageCounts()
      }
    }
  }
}

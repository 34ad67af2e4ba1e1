/// Stages that go together, in their order.
public enum StageList {
  /// Documents to those that are duplicates of others.
  public static let deduplication: [any Stage] = [
    SignaturesStage(), MatchStage(), CompareStage(), DeduplicateStage(),
  ]

  /// Image URLs and checked images to which image a URL leads to and how many pages show it.
  public static let resolution: [any Stage] = [LocateStage(), AlikeStage(), ResolveStage()]

  /// Archives to corpora, without fetching and classifying images.
  public static let curation: [any Stage] =
    [ReadStage(), ExtractStage(), ImagesStage()] + deduplication + resolution + [CurateStage()]

  /// Corpora to token ids.
  public static let tokenization: [any Stage] = [SampleStage(), TokenizerStage(), TokenizeStage()]

  /// Tokens and features to shards and their indexes.
  public static let sharding: [any Stage] = [ShardStage(), CatalogStage()]
}

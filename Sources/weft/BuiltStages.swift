import Pipelines

#if WITH_TORCH
  import ModelStages
#endif

/// The stages that this build of weft has.
enum BuiltStages {
  /// All of them, in order.
  static var all: [any Stage] {
    let data: [any Stage] = [
      ReadStage(), ExtractStage(), FetchStage(), ImagesStage(), CurateStage(), TokenizerStage(),
      TokenizeStage(),
    ]
    #if WITH_TORCH
      return data + [EncodeStage(), ShardStage(), TrainStage()]
    #else
      return data
    #endif
  }
}

internal import Documents
internal import Kosmos
internal import Pipelines
internal import Sharding
internal import Storage
internal import Synchronization
internal import Tensors

/// What the parts of the encode stage have in common: the encoder, and what was encoded before.
final class SharedEncoding: Sendable {
  /// What is found out once, when the first part is made.
  struct Preparation {
    /// How many images pass the encoder at once.
    let batchSize: Int
    /// What was encoded before.
    let cache: FeatureCache
  }

  let file: VisionEncoderFile
  let configuration: EncoderConfiguration
  let layout: FeatureLayout
  /// The parts that an earlier run left.
  ///
  /// They stay readable while new ones take their names.
  private let earlier: [FeaturePart]
  private let preparation = Mutex<Preparation?>(nil)

  /// Opens the parts of an earlier run in the run directory.
  init(_ run: RunContext, _ file: VisionEncoderFile) throws {
    self.file = file
    configuration = run.configuration.encoder
    layout = FeatureLayout(
      configuration.features, tokens: file.configuration.tokenCount,
      width: file.configuration.width)
    let folder = run.directory.path("work/features")
    let names = Directory.isDirectory(folder) ? try Directory.names(in: folder) : []
    // A part that cannot be read is made again.
    earlier = names.filter { $0.hasSuffix(".safetensors") }.compactMap {
      try? FeaturePart(path: "\(folder)/\($0)")
    }
  }

  /// Finds out how the machine adds up and what there is that was encoded so; other threads wait.
  ///
  /// - Throws: `ParameterError` where the file is no encoder's, `StorageError` where the cache's directory
  ///   cannot be read.
  func prepare() throws -> Preparation {
    try preparation.withLock { preparation in
      if let preparation { return preparation }
      let arithmetic = try BatchArithmetic(
        path: file.path, precision: configuration.precision, batchSize: configuration.batchSize)
      let origin = FeatureOrigin(
        encoder: file.digest, preprocessing: file.preprocessing, layout: layout,
        arithmetic: arithmetic.digest)
      let made = Preparation(
        batchSize: arithmetic.batchSize,
        cache: try FeatureCache(of: origin, parts: earlier, directory: configuration.cache))
      preparation = made
      return made
    }
  }
}

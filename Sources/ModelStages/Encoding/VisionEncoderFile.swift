internal import Documents
internal import Hashing
internal import ImageDecoding
internal import Kosmos
internal import Pipelines
internal import Storage

/// The file of the vision encoder that a run uses: the one its pipeline names, or a random one that is
/// made in the run directory.
struct VisionEncoderFile: Sendable {
  let path: String
  let digest: Digest
  let configuration: VisionConfiguration

  /// Finds or makes the file; that of the run that this one goes on from, where it does.
  ///
  /// A random encoder is a function of its shape and the seed; it is made again where either changed.
  ///
  /// - Throws: `ParameterError` where the file is no CLIP vision encoder.
  init(_ run: RunContext) throws {
    let encoder = run.configuration.encoder
    if run.base == nil && encoder.weights == nil {
      try Self.makeRandom(
        encoder.random, seed: run.configuration.seed,
        at: run.directory.path(RunDirectory.randomEncoder))
    }
    try self.init(madeIn: run.directory, run.configuration)
  }

  /// Finds the file that another process, or another run, has made.
  init(madeIn directory: RunDirectory, _ pipeline: PipelineConfiguration) throws {
    if let base = pipeline.base {
      path = try BaseRun(base).encoder
    } else {
      path = pipeline.encoder.weights ?? directory.path(RunDirectory.randomEncoder)
    }
    configuration = try CLIPWeights(path: path).configuration()
    digest = try Digest(ofFile: path)
  }

  /// The name and version of the preprocessing that the encoder's images get, as features and shards
  /// name it.
  var preprocessing: String {
    let preprocessing = CLIPPreprocessing(size: configuration.imageSize)
    return "clip-\(preprocessing.mode.rawValue)-\(preprocessing.size)-v\(CLIPPreprocessing.version)"
  }

  private static func makeRandom(
    _ shape: RandomEncoderConfiguration, seed: UInt64, at path: String
  ) throws {
    let configuration = VisionConfiguration(
      imageSize: shape.imageSize, patchSize: shape.patchSize, width: shape.width,
      layers: shape.layers, heads: shape.heads, feedForwardWidth: shape.mlpWidth)
    try configuration.validate("encoder.random")
    // Several processes may plan the same stage of one directory.
    let made = path + ".new-\(UInt64.random(in: 0...(.max)))"
    try CLIPVisionEncoder.writeRandom(configuration, seed: seed, to: made)
    // An unchanged file keeps its time, and a reader that has it mapped keeps its bytes.
    if FileSystem.isFile(path), try Digest(ofFile: path) == Digest(ofFile: made) {
      try FileSystem.remove(made)
    } else {
      try FileSystem.rename(made, to: path)
    }
  }
}

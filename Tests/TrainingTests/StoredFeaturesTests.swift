import Documents
import Storage
import Tensors
import Testing

@testable import Sharding
@testable import Training

/// Features become numbers on the device as they do in the file's own definition, to the bit.
struct StoredFeaturesTests {
  @Test(arguments: FeatureStorage.allCases)
  func tensorsHoldWhatTheLayoutSays(storage: FeatureStorage) throws {
    var run = try TinyRun(corpora: [.pairs], documents: 8)
    run.storage = storage
    try run.write(.pairs)
    let set = try ShardSet(directory: "\(run.inputs.shards)/pairs", split: .train)
    let shard = try #require(set.shards.first)
    let layout = shard.description.featureLayout
    #expect(layout.storage == storage)
    var stored = StoredFeatures()
    var expected: [Float] = []
    for row in [2, 0, 2] {
      stored.add(row: row, of: shard)
      expected += layout.features(shard.featureBytes(row: row))
    }
    let tensor = stored.tensor(layout, on: .cpu)
    #expect(tensor.shape == [3, layout.tokens, layout.width])
    #expect(tensor.values(of: Float.self) == expected)
    try shard.verify()
  }

  @Test(arguments: FeatureStorage.allCases)
  func eachStorageTrains(storage: FeatureStorage) throws {
    var run = try TinyRun(corpora: [.pairs], documents: 8)
    run.storage = storage
    try run.write(.pairs)
    var configuration = run.configuration
    configuration.steps = 2
    configuration.warmupSteps = 0
    configuration.mixture = PerCorpus(interleaved: 0, pairs: 1, text: 0)
    #expect(try run.trainer(configuration).run().isComplete)
  }

  @Test func corporaOfTwoStoragesAreRefused() throws {
    var run = try TinyRun(corpora: [.pairs, .interleaved], documents: 8)
    run.storage = .int8
    try run.write(.pairs)
    var configuration = run.configuration
    configuration.mixture = PerCorpus(interleaved: 1, pairs: 1, text: 0)
    #expect { try run.trainer(configuration) } throws: {
      ($0 as? TrainingError)?.code == .mismatchedShards && "\($0)".contains("features of int8")
    }
  }
}

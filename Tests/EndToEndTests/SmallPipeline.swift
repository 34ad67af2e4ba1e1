import Documents
import Foundation
import Hashing
import Storage
import TestSupport
import Testing

/// A pipeline over the committed crawl, small enough to run many times.
struct SmallPipeline {
  let place = TemporaryDirectory()

  /// The run directory.
  var output: String { place.file("run") }
  /// The pipeline file.
  var file: String { place.file("pipeline.yaml") }

  /// Writes the pipeline file; `changes` are further lines.
  init(inputs: String = "Tests/Fixtures/crawl/*.warc.gz", steps: Int = 0) throws {
    let text = """
      output: \(output)
      seed: 1
      read: { inputs: ["\(inputs)"] }
      extract: { pagesPerPart: 16 }
      images: { imagesPerPart: 32 }
      tokenizer: { pieces: 600, sampleBytes: 400000 }
      encoder:
        random: { imageSize: 32, patchSize: 16, width: 16, layers: 2, heads: 2, mlpWidth: 32 }
        imagesPerPart: 24
      shard: { maximumLength: 256, shardBytes: 131072, validationFraction: 0.2 }
      train:
        steps: \(steps)
        model: { layers: 1, width: 32, heads: 2, feedForwardWidth: 64, dropout: 0.1, xPosScaleBase: 128 }
        tokensPerStep: 512
        microBatchTokens: 512
        learningRate: 0.01
        warmUpSteps: 2
        validateEvery: 10
        validationSequences: 4
        checkpointEvery: 3
      """
    try AtomicFile.write(text, to: file)
  }

  /// Runs the command on the pipeline.
  @discardableResult
  func run(_ subcommand: String = "shard", workers: Int = 2) throws -> WeftProcess.Result {
    try WeftProcess.run([subcommand, file, "--workers", String(workers)])
  }

  /// The digests of the files of a run by name: shards, corpora, documents and the tokenizer.
  func digests() throws -> [String: Digest] {
    var found: [String: Digest] = [:]
    for folder in ["shards", "corpus", "documents", "tokenizer"] {
      try add(folder, to: &found)
    }
    return found
  }

  private func add(_ folder: String, to found: inout [String: Digest]) throws {
    let path = "\(output)/\(folder)"
    guard Directory.isDirectory(path) else { return }
    for name in try Directory.names(in: path) {
      let inner = "\(folder)/\(name)"
      if Directory.isDirectory("\(output)/\(inner)") {
        try add(inner, to: &found)
      } else {
        found[inner] = try Digest(ofFile: "\(output)/\(inner)")
      }
    }
  }
}

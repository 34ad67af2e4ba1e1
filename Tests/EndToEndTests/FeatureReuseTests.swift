import Documents
import Foundation
import Hashing
import Storage
import TestSupport
import Testing

/// An image is encoded once, and what was taken over is what would have been encoded.
@Suite(.serialized) struct FeatureReuseTests {
  /// The line of the encode stage, such as "encode 0.1 s, 3 of 3 parts made: …, 20 reused".
  private func encodeLine(_ result: WeftProcess.Result) throws -> String {
    #expect(result.status == 0, "\(result.errors)")
    return try #require(
      result.errors.split(separator: "\n").last { $0.hasPrefix("encode") }.map(String.init))
  }

  private func reused(_ line: String) -> Int {
    line.split(separator: " ").dropLast().last.flatMap { Int($0) } ?? 0
  }

  private func features(_ pipeline: SmallPipeline) throws -> [String: Digest] {
    let folder = "\(pipeline.output)/" + "work/features"
    return try Directory.names(in: folder).reduce(into: [:]) {
      $0[$1] = try Digest(ofFile: "\(folder)/\($1)")
    }
  }

  private func add(_ line: String, to pipeline: SmallPipeline) throws {
    try AtomicFile.write(
      FileSystem.readText(pipeline.file) + "\n" + line + "\n", to: pipeline.file)
  }

  /// Fewer images than the first run had, so that all parts are made again and all images are known.
  private let fewer = "curate: { images: { minimumSide: 200 } }"

  @Test func aRunWhoseImagesChangedEncodesOnlyNewOnes() throws {
    let changed = try SmallPipeline()
    #expect(!(try encodeLine(changed.run()).contains("reused")))
    try add(fewer, to: changed)
    let less = try encodeLine(changed.run())
    #expect(less.contains("parts made") && reused(less) > 10, "\(less)")

    let anew = try SmallPipeline()
    try add(fewer, to: anew)
    _ = try encodeLine(anew.run())
    #expect(try features(changed) == features(anew))
    #expect(try changed.digests() == anew.digests())
  }

  @Test func whatIsDamagedIsNotTakenOver() throws {
    let pipeline = try SmallPipeline()
    _ = try encodeLine(pipeline.run())
    let before = try pipeline.digests()
    let known = try features(pipeline)
    let name = try #require(known.keys.min())
    let path = "\(pipeline.output)/work/features/\(name)"
    var bytes = try FileSystem.read(path)
    bytes[bytes.count / 2] ^= 1
    try AtomicFile.write(bytes, to: path)
    let result = try WeftProcess.run(["verify", pipeline.output, "--repair"])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(try features(pipeline) == known)
    #expect(try pipeline.digests() == before)
  }

  @Test func runsShareADirectory() throws {
    let place = TemporaryDirectory()
    let cache = "  cache: \(place.file("cache"))"
    func pipeline(_ change: String? = nil) throws -> SmallPipeline {
      let pipeline = try SmallPipeline()
      let text = try FileSystem.readText(pipeline.file)
      try AtomicFile.write(
        text.replacingOccurrences(of: "encoder:\n", with: "encoder:\n\(cache)\n"),
        to: pipeline.file)
      if let change { try add(change, to: pipeline) }
      return pipeline
    }
    // The first run sees some of the images, the second all of them, the third has nothing to encode.
    let first = try pipeline(fewer)
    #expect(!(try encodeLine(first.run()).contains("reused")))
    let second = try pipeline()
    let some = reused(try encodeLine(second.run(workers: 1)))
    let third = try pipeline()
    let all = reused(try encodeLine(third.run()))
    #expect(0 < some && some < all)

    let alone = try SmallPipeline()
    let line = try encodeLine(alone.run(workers: 4))
    #expect(line.contains("kept \(all) of \(all) distinct images"), "\(line)")
    for pipeline in [second, third] {
      #expect(try features(pipeline) == features(alone))
      #expect(try pipeline.digests() == alone.digests())
    }
  }

  @Test func killsLeaveNoWrongFeature() throws {
    let undisturbed = try SmallPipeline()
    let clock = ContinuousClock()
    let start = clock.now
    #expect(try undisturbed.run().status == 0)
    let whole = clock.now - start
    let place = TemporaryDirectory()
    let disturbed = try SmallPipeline()
    let text = try FileSystem.readText(disturbed.file)
    try AtomicFile.write(
      text.replacingOccurrences(
        of: "encoder:\n", with: "encoder:\n  cache: \(place.file("cache"))\n"),
      to: disturbed.file)
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<3 {
      _ = try WeftProcess.run(
        ["encode", disturbed.file, "--workers", "2"],
        killedAfter: whole * Double.random(in: 0.5..<1, using: &generator))
      try? Directory.remove("\(disturbed.output)/" + "work/manifests/encode")
    }
    #expect(try disturbed.run().status == 0)
    #expect(try features(disturbed) == features(undisturbed))
  }

  @Test(arguments: ["int8", "float32"])
  func eachStorageGoesTheWholeWay(storage: String) throws {
    let pipeline = try SmallPipeline(steps: 3)
    let text = try FileSystem.readText(pipeline.file)
    try AtomicFile.write(
      text.replacingOccurrences(of: "encoder:\n", with: "encoder:\n  features: \(storage)\n"),
      to: pipeline.file)
    let run = try pipeline.run("run")
    #expect(run.status == 0, "\(run.errors)")
    let verified = try WeftProcess.run(["verify", pipeline.output])
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    let shards = pipeline.output + "/shards/pairs"
    let shard = try #require(try Directory.names(in: shards).first { $0.hasSuffix("tensors") })
    let head = try FileSystem.read("\(shards)/\(shard)").prefix(2000)
    #expect(String(decoding: head, as: UTF8.self).contains(#""featureStorage":"\#(storage)""#))
    // Another storage is encoded anew.
    try AtomicFile.write(text, to: pipeline.file)
    #expect(!(try encodeLine(pipeline.run()).contains("reused")))
  }

  @Test func featuresTooLargeForTheirStorageAreAnErrorThatNamesTheImage() throws {
    let pipeline = try SmallPipeline()
    #expect(try pipeline.run().status == 0)
    // The random encoder's weights, a bias of its first block made huge.
    let path = pipeline.output + "/encoder/model.safetensors"
    var bytes = try FileSystem.read(path)
    let header = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(bytes[8..<8 + header])) as? [String: Any])
    let name = "vision_model.encoder.layers.0.mlp.fc2.bias"
    let tensor = try #require(json[name] as? [String: Any])
    let offset = try #require((tensor["data_offsets"] as? [Int])?.first)
    bytes.replaceSubrange(8 + header + offset..<8 + header + offset + 4, with: Self.bytes(of: 1e30))
    let weights = pipeline.place.file("broken.safetensors")
    try AtomicFile.write(bytes, to: weights)
    let text = try FileSystem.readText(pipeline.file)
    try AtomicFile.write(
      text.replacingOccurrences(of: "encoder:\n", with: "encoder:\n  weights: \(weights)\n"),
      to: pipeline.file)
    let result = try pipeline.run()
    #expect(result.status == 1)
    #expect(result.errors.contains("broken.safetensors' gives of image "), "\(result.errors)")
    #expect(result.errors.contains("set encoder.features to float32"), "\(result.errors)")
  }

  private static func bytes(of number: Float) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * UInt32($0))) }
  }
}

public import Documents
internal import Foundation
internal import ObjectStores
internal import Storage

/// What a run is, as `run.json` keeps it: formats, the resolved pipeline and the digests of inputs.
public struct RunFile: Hashable, Sendable, Codable {
  /// The name of the format.
  public var format = "weft-run"
  /// The version of the run directory's layout.
  public var version = WeftVersion.runFormat
  /// The release of weft that wrote it last.
  public var weft = WeftVersion.current
  /// The identity of the run: 32 hexadecimal digits that stay when its pipeline changes.
  public var id: String
  /// The resolved pipeline.
  public var pipeline: PipelineConfiguration
  /// The archives.
  public var inputs: [RunInput]

  /// Describes a run that begins: its identity is drawn from what it begins with.
  init(pipeline: PipelineConfiguration, inputs: [RunInput]) throws {
    let pipeline = pipeline.withoutSecrets
    let key = try PartitionKey().reading(inputs.map(\.digest)).with("pipeline", pipeline)
    id = Hexadecimal.encode(key.digest(stage: .read, partition: 0).bytes.prefix(16))
    self.pipeline = pipeline
    self.inputs = inputs
  }

  /// Reads the description of a run directory, or `nil` where the directory has none yet.
  static func readIfPresent(_ directory: RunDirectory) throws -> RunFile? {
    FileSystem.isFile(directory.path(description)) ? try read(directory) : nil
  }

  private static let description = RunDirectory.description

  /// Reads the description of a run directory.
  ///
  /// - Throws: ``RunError`` where the directory is no run, or one of another version.
  public static func read(_ directory: RunDirectory) throws -> RunFile {
    let path = directory.path(RunDirectory.description)
    guard FileSystem.isFile(path) else {
      throw RunError(
        .directory,
        "'\(directory.root)' is not a run directory: it has no run.json; "
          + "`weft run PIPELINE` makes one")
    }
    let bytes = try FileSystem.read(path, limit: 1 << 28)
    try refuseOtherVersions(bytes, path)
    do {
      return try JSONDecoder().decode(RunFile.self, from: completed(bytes))
    } catch {
      throw RunError(.damaged, "'\(path)' is damaged; remove the run directory and run again")
    }
  }

  /// The description with the defaults of those keys of the pipeline that it lacks, since the weft that
  /// wrote it did not know them.
  private static func completed(_ bytes: [UInt8]) throws -> Data {
    let defaults = try JSONSerialization.jsonObject(
      with: JSONEncoder().encode(PipelineConfiguration()))
    guard
      var found = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
      let pipeline = found["pipeline"] as? [String: Any]
    else { throw RunError(.damaged, "no object") }
    found["pipeline"] = ConfigurationOverlay.lay(pipeline, over: defaults)
    return try JSONSerialization.data(withJSONObject: found)
  }

  /// Writes the description.
  func write(to directory: RunDirectory) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let bytes = Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    try AtomicFile.write(bytes, to: directory.path(RunDirectory.description))
  }

  private struct Versions: Decodable {
    var format: String
    var version: Int
  }

  private static func refuseOtherVersions(_ bytes: [UInt8], _ path: String) throws {
    guard let found = try? JSONDecoder().decode(Versions.self, from: Data(bytes)),
      found.format == "weft-run"
    else {
      throw RunError(.directory, "'\(path)' was not written by weft; choose another output")
    }
    if found.version != WeftVersion.runFormat {
      throw RunError(
        .directory,
        "'\(path)' has run format \(found.version), and this weft writes format "
          + "\(WeftVersion.runFormat): use the weft that made it, or choose another output")
    }
  }
}

extension PipelineConfiguration {
  /// The pipeline with the queries left out of addresses, which may be signatures.
  var withoutSecrets: PipelineConfiguration {
    var pipeline = self
    pipeline.read.inputs = read.inputs.map { input in
      (try? ObjectURI(input)).map { $0.hasQuery ? "\($0)" : input } ?? input
    }
    return pipeline
  }
}

internal import Storage
internal import Yams

/// Rules that a pipeline begins from: one of those that are part of weft, or a file.
///
/// A preset is YAML with the keys `curate`, `deduplicate` and `images` of a pipeline file. Those of weft are
/// the files of `pipelines/presets`, and are in the program.
public struct Preset: Hashable, Sendable {
  /// The name or the path it was asked for by.
  public var name: String
  /// Its text.
  public var text: String

  /// The presets that are part of weft, by name.
  public static let named: [String: String] = [
    "kosmos-1": String(decoding: PackageResources.kosmos_1_yaml, as: UTF8.self),
    "obelics": String(decoding: PackageResources.obelics_yaml, as: UTF8.self),
    "mmc4": String(decoding: PackageResources.mmc4_yaml, as: UTF8.self),
    "fineweb": String(decoding: PackageResources.fineweb_yaml, as: UTF8.self),
  ]

  /// The keys of a pipeline file that a preset may have.
  static let keys = ["curate", "deduplicate", "images"]

  /// Finds a preset.
  ///
  /// - Parameters:
  ///   - name: The name of one of ``named``, or a path, which has a slash or ends in `.yaml`.
  ///   - file: The pipeline file, or whatever else asks, which an error names.
  ///   - line: The line of it.
  /// - Throws: ``ConfigurationError`` where there is none.
  public init(_ name: String, file: String, line: Int? = nil) throws {
    self.name = name
    if let text = Self.named[name] {
      self.text = text
      return
    }
    let isPath = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    guard isPath, FileSystem.isFile(name) else {
      throw Self.missing(name, isPath: isPath, file: file, line: line)
    }
    text = try FileSystem.readText(name, limit: PipelineFile.maximumBytes)
  }

  private static func missing(
    _ name: String, isPath: Bool, file: String, line: Int?
  ) -> ConfigurationError {
    let names = named.keys.sorted()
    let nearest = isPath ? nil : NearestName.of(name, among: names)
    let remedy =
      nearest.map { "did you mean '\($0)'?" }
      ?? "weft has \(names.joined(separator: ", ")), and takes a path to a file of yours"
    return ConfigurationError(
      file: file, line: line, key: "preset", message: "there is no preset '\(name)'; \(remedy)")
  }

  /// Lays the preset over a configuration.
  ///
  /// - Throws: ``ConfigurationError`` naming the preset.
  func lay(over base: PipelineConfiguration) throws -> PipelineConfiguration {
    let file = Self.named[name] == nil ? name : "preset \(name)"
    guard let node = try PipelineFile.compose(text, file: file) else { return base }
    try SchemaValidator(file: file).check(node, against: PipelineFile.schema.limited(to: Self.keys))
    return try ConfigurationOverlay(file: file).decode(node, over: base)
  }
}

extension PipelineConfiguration {
  /// The configuration with a preset's rules laid over its own.
  ///
  /// - Throws: ``ConfigurationError`` where there is no such preset, or a rule cannot be meant.
  public func applying(_ preset: Preset) throws -> PipelineConfiguration {
    let laid = try preset.lay(over: self)
    try PipelineFile.validate(laid, file: preset.name)
    return laid
  }
}

internal import Curation
internal import Foundation
internal import Instructions
internal import Storage
internal import Yams

/// A pipeline file: YAML, checked against `schemas/v1-pipeline.json`, over the defaults.
public enum PipelineFile {
  /// The largest pipeline file that is read, in bytes.
  static let maximumBytes = 1 << 20

  /// Reads a pipeline file.
  ///
  /// - Throws: ``ConfigurationError`` naming file, line, key and what would be accepted;
  ///   `StorageError` where the file cannot be read.
  public static func read(_ path: String) throws -> PipelineConfiguration {
    guard FileSystem.isFile(path) else {
      throw ConfigurationError(
        file: path, message: "there is no such file; pipelines/demo.yaml is one to begin from")
    }
    let configuration = try parse(FileSystem.readText(path, limit: maximumBytes), file: path)
    // A list that is missing shall not be found out after an hour.
    _ = try CurationFiles(configuration.curate, pipeline: path)
    return configuration
  }

  /// Reads the text of a pipeline file; `file` is the name errors give it.
  public static func parse(_ text: String, file: String) throws -> PipelineConfiguration {
    guard let node = try compose(text, file: file) else {
      throw ConfigurationError(file: file, message: "the file is empty")
    }
    try SchemaValidator(file: file).check(node, against: schema)
    try GivenKeys(node, file: file).check()
    var base = PipelineConfiguration()
    if let named = node.mapping?["preset"], let name = named.string {
      base = try Preset(name, file: file, line: named.mark?.line).lay(over: base)
    }
    let configuration = try ConfigurationOverlay(file: file).decode(node, over: base)
    try validate(configuration, file: file)
    return configuration
  }

  /// Checks what the schema cannot say.
  static func validate(_ configuration: PipelineConfiguration, file: String) throws {
    do {
      try configuration.curate.validate()
    } catch {
      throw ConfigurationError(file: file, key: "curate." + error.key, message: error.message)
    }
    try checkClassifier(configuration, file: file)
    do {
      _ = try PromptTemplate(configuration.instructions.template)
    } catch {
      throw ConfigurationError(file: file, key: "instructions.template", message: error.message)
    }
  }

  /// The JSON Schema of pipeline files.
  public static let schemaText = String(decoding: PackageResources.v1_pipeline_json, as: UTF8.self)

  static let schema = JSONSchema(text: schemaText)

  /// Checks that a rule that needs scores has them: else it would keep everything in silence.
  private static func checkClassifier(
    _ configuration: PipelineConfiguration, file: String
  ) throws(ConfigurationError) {
    if configuration.curate.images.maximumUnsafeScore == nil || configuration.images.classifier.isOn
    {
      return
    }
    throw ConfigurationError(
      file: file, key: "curate.images.maximumUnsafeScore",
      message: "images have no scores without a classifier; name its file by "
        + "images.classifier.weights (scripts/convert-open-nsfw makes it)")
  }

  static func compose(_ text: String, file: String) throws -> Node? {
    do {
      return try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw fault(error, file: file)
    }
  }

  private static func fault(_ error: YamlError, file: String) -> ConfigurationError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ConfigurationError(file: file, line: mark.line, message: "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      ConfigurationError(
        file: file, line: context.mark.line, key: duplicates.joined(separator: ", "),
        message: "the key is given twice")
    default:
      ConfigurationError(file: file, message: "not YAML: \(error)")
    }
  }
}

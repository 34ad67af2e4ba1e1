internal import Foundation
internal import Yams

/// Lays the values a pipeline file names over the defaults of a configuration.
struct ConfigurationOverlay {
  let file: String

  /// Decodes a configuration whose missing keys have their default values.
  func decode<Value: Codable>(
    _ node: Node, over defaults: Value
  ) throws -> Value {
    let encoder = JSONEncoder()
    let base = try JSONSerialization.jsonObject(with: encoder.encode(defaults))
    let merged = lay(node, over: base)
    let data = try JSONSerialization.data(withJSONObject: merged)
    do {
      return try JSONDecoder().decode(Value.self, from: data)
    } catch let error as DecodingError {
      throw fault(error, in: node)
    }
  }

  /// Lays the values of one JSON object over those of another, object by object.
  static func lay(_ values: [String: Any], over base: Any?) -> [String: Any] {
    var result = base as? [String: Any] ?? [:]
    for (key, value) in values {
      result[key] = (value as? [String: Any]).map { lay($0, over: result[key]) } ?? value
    }
    return result
  }

  private func lay(_ node: Node, over base: Any?) -> Any {
    switch node {
    case .mapping(let mapping):
      var result = base as? [String: Any] ?? [:]
      for (key, value) in mapping {
        let name = key.string ?? ""
        result[name] = lay(value, over: result[name])
      }
      return result
    case .sequence(let sequence):
      return sequence.map { lay($0, over: nil) }
    case .scalar, .alias:
      return scalar(node)
    }
  }

  private func scalar(_ node: Node) -> Any {
    let tag = node.tag.description
    if tag.hasSuffix(":int"), let value = node.int { return value }
    if tag.hasSuffix(":float"), let value = node.float { return value }
    if tag.hasSuffix(":bool"), let value = node.bool { return value }
    if tag.hasSuffix(":null") { return NSNull() }
    return node.scalar?.string ?? ""
  }

  private func fault(_ error: DecodingError, in root: Node) -> ConfigurationError {
    let context: DecodingError.Context
    switch error {
    case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found),
      .dataCorrupted(let found):
      context = found
    @unknown default:
      return ConfigurationError(file: file, message: "\(error)")
    }
    var node: Node? = root
    var line = root.mark?.line
    for step in context.codingPath {
      node = step.intValue.flatMap { node?.sequence?[$0] } ?? node?.mapping?[step.stringValue]
      line = node?.mark?.line ?? line
    }
    let key = context.codingPath.map(\.stringValue).joined(separator: ".")
    return ConfigurationError(file: file, line: line, key: key, message: context.debugDescription)
  }
}

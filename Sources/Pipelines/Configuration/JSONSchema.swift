internal import Foundation

/// The part of JSON Schema (draft 2020-12) that weft's own schemas are written in.
///
/// Anything else in a schema file is refused, so that no constraint is silently ignored.
final class JSONSchema: Sendable {
  let types: [String]
  let properties: [String: JSONSchema]
  let required: [String]
  let allowsOtherProperties: Bool
  let items: JSONSchema?
  let minimumItems: Int
  let accepted: [String]
  let minimum: Double?
  let exclusiveMinimum: Double?
  let maximum: Double?
  let description: String?

  private static let known: Set<String> = [
    "$schema", "$id", "$defs", "$ref", "title", "description", "type", "properties", "required",
    "additionalProperties", "items", "minItems", "enum", "const", "minimum", "exclusiveMinimum",
    "maximum", "default",
  ]

  /// Reads a schema.
  ///
  /// - Precondition: The text is a schema of this subset; it is part of weft itself.
  convenience init(text: String) {
    let parsed = try? JSONSerialization.jsonObject(with: Data(text.utf8))
    guard let root = parsed as? [String: Any] else {
      fatalError("weft's own schema is not a JSON object")
    }
    self.init(root, definitions: root["$defs"] as? [String: Any] ?? [:])
  }

  /// The schema of a mapping with some of the keys, none of them required.
  func limited(to keys: [String]) -> JSONSchema { JSONSchema(self, keys: keys) }

  private init(_ whole: JSONSchema, keys: [String]) {
    types = whole.types
    properties = whole.properties.filter { keys.contains($0.key) }
    required = []
    allowsOtherProperties = whole.allowsOtherProperties
    items = whole.items
    minimumItems = whole.minimumItems
    accepted = whole.accepted
    minimum = whole.minimum
    exclusiveMinimum = whole.exclusiveMinimum
    maximum = whole.maximum
    description = whole.description
  }

  private init(_ written: [String: Any], definitions: [String: Any]) {
    var schema = written
    if let reference = written["$ref"] as? String {
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      guard let definition = definitions[name] as? [String: Any] else {
        fatalError("weft's own schema refers to '\(reference)', which is not in it")
      }
      schema.merge(definition) { own, _ in own }
    }
    for key in schema.keys where !Self.known.contains(key) {
      fatalError("weft's own schema uses '\(key)', which its validator does not know")
    }
    types = (schema["type"] as? String).map { [$0] } ?? schema["type"] as? [String] ?? []
    let written = schema["properties"] as? [String: [String: Any]] ?? [:]
    properties = written.mapValues { JSONSchema($0, definitions: definitions) }
    required = schema["required"] as? [String] ?? []
    allowsOtherProperties = schema["additionalProperties"] as? Bool ?? true
    items = (schema["items"] as? [String: Any]).map { JSONSchema($0, definitions: definitions) }
    minimumItems = schema["minItems"] as? Int ?? 0
    let constant = schema["const"].map { [$0] }
    accepted = (constant ?? schema["enum"] as? [Any] ?? []).map { "\($0)" }
    minimum = schema["minimum"] as? Double
    exclusiveMinimum = schema["exclusiveMinimum"] as? Double
    maximum = schema["maximum"] as? Double
    description = schema["description"] as? String
  }
}

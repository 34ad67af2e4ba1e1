internal import Yams

/// Checks a YAML tree against a schema and names the first fault with its line.
struct SchemaValidator {
  let file: String

  /// Checks a node and all below it.
  func check(
    _ node: Node, against schema: JSONSchema, key: String = ""
  ) throws(ConfigurationError) {
    try checkType(of: node, schema, key)
    if case .mapping(let mapping) = node { try checkMapping(mapping, schema, key) }
    if case .sequence(let sequence) = node { try checkSequence(sequence, schema, key) }
    if case .scalar = node { try checkScalar(node, schema, key) }
  }

  private func checkType(
    of node: Node, _ schema: JSONSchema, _ key: String
  ) throws(ConfigurationError) {
    if schema.types.isEmpty || schema.types.contains(where: { Self.matches(node, $0) }) { return }
    let expected = schema.types.map(Self.words).joined(separator: " or ")
    throw fault(node, key, "expected \(expected), found \(Self.found(node))")
  }

  private func checkMapping(
    _ mapping: Node.Mapping, _ schema: JSONSchema, _ key: String
  ) throws(ConfigurationError) {
    var seen: Set<String> = []
    for (keyNode, value) in mapping {
      let name = keyNode.string ?? ""
      seen.insert(name)
      let path = key.isEmpty ? name : key + "." + name
      if let property = schema.properties[name] {
        try check(value, against: property, key: path)
      } else if !schema.allowsOtherProperties {
        throw fault(keyNode, path, Self.unknown(name, among: schema.properties.keys.sorted()))
      }
    }
    for name in schema.required where !seen.contains(name) {
      let meaning = schema.properties[name]?.description.map { " (\($0))" } ?? ""
      throw ConfigurationError(
        file: file, line: mapping.mark?.line, key: key,
        message: "the key '\(name)' is missing\(meaning)")
    }
  }

  private func checkSequence(
    _ sequence: Node.Sequence, _ schema: JSONSchema, _ key: String
  ) throws(ConfigurationError) {
    if sequence.count < schema.minimumItems {
      throw ConfigurationError(
        file: file, line: sequence.mark?.line, key: key,
        message: "expected at least \(schema.minimumItems) item(s), found \(sequence.count)")
    }
    guard let items = schema.items else { return }
    for (index, item) in sequence.enumerated() {
      try check(item, against: items, key: "\(key)[\(index)]")
    }
  }

  private func checkScalar(
    _ node: Node, _ schema: JSONSchema, _ key: String
  ) throws(ConfigurationError) {
    let text = node.scalar?.string ?? ""
    if !schema.accepted.isEmpty && !schema.accepted.contains(text) {
      let nearest = NearestName.of(text, among: schema.accepted)
      let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
      throw fault(
        node, key, "'\(text)' is not one of \(schema.accepted.joined(separator: ", "))\(hint)")
    }
    guard let number = node.float else { return }
    if let minimum = schema.minimum, number < minimum {
      throw fault(node, key, "\(text) is below the least accepted value, \(Self.text(minimum))")
    }
    if let minimum = schema.exclusiveMinimum, number <= minimum {
      throw fault(node, key, "\(text) is not above \(Self.text(minimum))")
    }
    if let maximum = schema.maximum, number > maximum {
      throw fault(node, key, "\(text) is above the largest accepted value, \(Self.text(maximum))")
    }
  }

  private func fault(_ node: Node, _ key: String, _ message: String) -> ConfigurationError {
    ConfigurationError(file: file, line: node.mark?.line, key: key, message: message)
  }

  private static func unknown(_ name: String, among accepted: [String]) -> String {
    if let nearest = NearestName.of(name, among: accepted) {
      return "unknown key; did you mean '\(nearest)'?"
    }
    return "unknown key; accepted here: \(accepted.joined(separator: ", "))"
  }

  private static func matches(_ node: Node, _ type: String) -> Bool {
    switch type {
    case "object": node.mapping != nil
    case "array": node.sequence != nil
    case "integer": node.tag.description.hasSuffix(":int") && node.int != nil
    case "number": node.int != nil || node.tag.description.hasSuffix(":float")
    case "boolean": node.tag.description.hasSuffix(":bool")
    case "null": node.tag.description.hasSuffix(":null")
    case "string": node.scalar != nil && node.tag.description.hasSuffix(":str")
    default: false
    }
  }

  private static func words(_ type: String) -> String {
    switch type {
    case "object": "a mapping of keys"
    case "array": "a list"
    case "integer": "a whole number"
    case "number": "a number"
    case "boolean": "true or false"
    case "null": "nothing"
    default: "a text"
    }
  }

  private static func found(_ node: Node) -> String {
    switch node {
    case .mapping: "a mapping of keys"
    case .sequence: "a list"
    case .alias: "an alias"
    case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "'\(scalar.string)'"
    }
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }
}

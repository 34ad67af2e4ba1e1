import Testing

/// One change of a configuration, under the key that it changes.
struct Change<Value>: Sendable, CustomTestStringConvertible {
  let key: String
  let apply: @Sendable (inout Value) -> Void

  init(_ key: String, _ apply: @escaping @Sendable (inout Value) -> Void) {
    self.key = key
    self.apply = apply
  }

  /// The changed key.
  var testDescription: String { key }
}

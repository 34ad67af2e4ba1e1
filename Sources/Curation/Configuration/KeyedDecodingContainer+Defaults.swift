extension KeyedDecodingContainer {
  /// Reads the value of a key into a place; the place keeps its default where the key is absent.
  func read<Value: Decodable>(_ place: inout Value, _ key: Key) throws {
    if contains(key) { place = try decode(Value.self, forKey: key) }
  }
}

/// The type in which the features of images are kept.
public enum FeatureStorage: String, Hashable, Sendable, Codable, CaseIterable {
  /// IEEE half precision: 11 significant bits of each number.
  case float16
  /// Whole numbers from -127 to 127, with one scale for each 64 channels of each token.
  case int8
  /// Single precision: what the encoder gives, bit for bit.
  case float32
}

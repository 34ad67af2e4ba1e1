internal import Safetensors

/// How the features of one image are laid out in bytes.
///
/// The bytes are the values, token after token, little-endian; with ``FeatureStorage/int8`` the scales
/// follow them, token after token, as F16 (see ``Int8Quantization``).
public struct FeatureLayout: Hashable, Sendable {
  /// The type of the values.
  public let storage: FeatureStorage
  /// The tokens of an image's features, such as 257 for CLIP ViT-L/14 at 224 pixels.
  public let tokens: Int
  /// The numbers of each of those tokens, such as 1,024.
  public let width: Int

  /// Makes a layout from its parts.
  ///
  /// - Precondition: The tokens and the width are positive.
  public init(_ storage: FeatureStorage, tokens: Int, width: Int) {
    precondition(tokens > 0 && width > 0, "features have tokens of some width")
    self.storage = storage
    self.tokens = tokens
    self.width = width
  }

  /// The numbers of an image's features.
  public var count: Int { tokens * width }

  /// The scales of each token; 0 where the storage has none.
  public var scalesPerToken: Int {
    storage == .int8 ? Int8Quantization.groups(ofWidth: width) : 0
  }

  /// The bytes of an image's values.
  public var valueByteCount: Int { count * elementType.byteCount }

  /// The bytes of an image's scales, 0 where the storage has none.
  public var scaleByteCount: Int { tokens * scalesPerToken * ElementType.float16.byteCount }

  /// The bytes of an image's features.
  public var byteCount: Int { valueByteCount + scaleByteCount }

  /// The type of the values in a file.
  var elementType: ElementType {
    switch storage {
    case .float16: .float16
    case .int8: .int8
    case .float32: .float32
    }
  }
}

extension FeatureLayout {
  /// The bytes of an image's features.
  ///
  /// - Parameter features: The encoder's numbers, token after token.
  /// - Returns: `nil` where a number is not finite or too large for the storage.
  /// - Precondition: There are ``count`` numbers.
  public func stored(_ features: [Float]) -> [UInt8]? {
    precondition(features.count == count, "features of \(tokens) tokens of width \(width)")
    switch storage {
    case .float32:
      guard features.allSatisfy(\.isFinite) else { return nil }
      return Float.bytes(of: features)
    case .float16:
      let halves = features.map(Float16.init)
      guard halves.allSatisfy(\.isFinite) else { return nil }
      return Float16.bytes(of: halves)
    case .int8:
      guard let quantized = Int8Quantization(features, width: width) else { return nil }
      return Int8.bytes(of: quantized.values) + Float16.bytes(of: quantized.scales)
    }
  }

  /// The numbers that bytes hold.
  ///
  /// - Precondition: There are ``byteCount`` bytes.
  public func features(_ bytes: [UInt8]) -> [Float] {
    precondition(bytes.count == byteCount, "bytes of \(tokens) tokens of width \(width)")
    switch storage {
    case .float32: return Float.numbers(in: bytes)
    case .float16: return Float16.numbers(in: bytes).map(Float.init)
    case .int8:
      return Int8Quantization(
        values: Int8.numbers(in: bytes[..<valueByteCount]),
        scales: Float16.numbers(in: bytes[valueByteCount...]), width: width
      ).features
    }
  }

  /// The root mean square of an image's numbers in thousandths, rounded.
  ///
  /// - Precondition: There are ``byteCount`` bytes.
  public func magnitude(_ bytes: [UInt8]) -> Int {
    let squares = features(bytes).reduce(0) { $0 + Double($1) * Double($1) }
    // Numbers of 32 bits can have a mean that no integer holds.
    return Int(min((squares / Double(count)).squareRoot() * 1000, 1e15).rounded())
  }

  /// Whether bytes are such as ``stored(_:)`` gives: finite, and values and scales that belong together.
  ///
  /// - Precondition: There are ``byteCount`` bytes.
  public func isSound(_ bytes: [UInt8]) -> Bool {
    let features = features(bytes)
    // What was quantised is quantised to itself.
    return storage == .int8 ? stored(features) == bytes : features.allSatisfy(\.isFinite)
  }
}

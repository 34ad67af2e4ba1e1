internal import Safetensors

/// The features of images in a file: `features` [images, tokens, width] and, where the storage has
/// scales, `featureScales` [images, tokens, groups].
struct FeatureTable: Sendable {
  static let valuesName = "features"
  static let scalesName = "featureScales"
  /// The key of the storage in the metadata.
  static let storageKey = "featureStorage"

  let layout: FeatureLayout
  /// The number of images.
  let count: Int
  let values: TensorView
  private let scales: TensorView?

  /// Finds the tensors in a file and checks their types and shapes.
  ///
  /// - Parameters:
  ///   - count: How many images there must be; any number where it is `nil`.
  ///   - tokens: How many tokens an image must have; any number where it is `nil`.
  ///   - width: How wide they must be; any width where it is `nil`.
  init(
    _ file: SafetensorsFile, _ storage: FeatureStorage, count: Int? = nil, tokens: Int? = nil,
    width: Int? = nil
  ) throws(ShardingError) {
    let type = FeatureLayout(storage, tokens: 1, width: 1).elementType
    let values = try file.checked { (file) throws(SafetensorsError) in
      try file.tensor(named: Self.valuesName, type, shape: [count, tokens, width])
    }
    guard values.shape[1] > 0, values.shape[2] > 0 else {
      throw ShardingError(
        .damaged, path: file.path, "its features have no tokens or no width; make it again")
    }
    let layout = FeatureLayout(storage, tokens: values.shape[1], width: values.shape[2])
    let shape = [values.shape[0], layout.tokens, layout.scalesPerToken]
    scales = try file.checked { (file) throws(SafetensorsError) in
      layout.scalesPerToken == 0
        ? nil : try file.tensor(named: Self.scalesName, .float16, shape: shape)
    }
    self.layout = layout
    self.count = values.shape[0]
    self.values = values
  }

  /// The bytes of an image's features; see ``FeatureLayout``.
  ///
  /// - Precondition: The row is below ``count``.
  func bytes(row: Int) -> [UInt8] { valueBytes(row: row) + scaleBytes(row: row) }

  /// The bytes of an image's values.
  func valueBytes(row: Int) -> [UInt8] {
    values.rawBytes(in: row * layout.valueByteCount..<(row + 1) * layout.valueByteCount)
  }

  /// The bytes of an image's scales; none where the storage has none.
  func scaleBytes(row: Int) -> [UInt8] {
    guard let scales else { return [] }
    return scales.rawBytes(in: row * layout.scaleByteCount..<(row + 1) * layout.scaleByteCount)
  }

  /// The tensors that hold the features of so many images, values first.
  static func tensors(_ layout: FeatureLayout, count: Int) -> [TensorDescription] {
    var tensors = [
      TensorDescription(valuesName, layout.elementType, [count, layout.tokens, layout.width])
    ]
    if layout.scalesPerToken > 0 {
      tensors.append(
        TensorDescription(scalesName, .float16, [count, layout.tokens, layout.scalesPerToken]))
    }
    return tensors
  }
}

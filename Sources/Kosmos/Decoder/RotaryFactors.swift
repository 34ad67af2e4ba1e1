public import Tensors

/// The complex factors that turn queries and keys by their positions (Su and others 2021), and with xPos
/// scale them so that their product decays with the distance (Sun and others 2022, equations 9 and 10).
///
/// With head width h, dimension pair i and position n: θᵢ = 10000^(-2i/h), ζᵢ = (2i + 0.4h) / 1.4h,
/// e = (n - centre) / scaleBase. Queries are multiplied by ζᵢᵉ · exp(i n θᵢ), keys by ζᵢ⁻ᵉ · exp(i n θᵢ).
/// Only differences of positions reach the product: the centre keeps the factors within a `Float`'s
/// range and is of no other effect. The operations are in torchscale's order.
public struct RotaryFactors {
  /// [positions, h]: pairs of a real and an imaginary part for each query.
  public let query: Tensor
  /// [positions, h]: pairs of a real and an imaginary part for each key.
  public let key: Tensor

  /// Computes the factors of the positions from 0 up to a count.
  ///
  /// - Parameters:
  ///   - headWidth: h; even.
  ///   - scaleBase: `nil` for rotation without decay.
  ///   - centre: The position at which nothing is scaled.
  ///   - type: What all is computed in; torchscale's is `float32`.
  public init(
    positions: Int, headWidth: Int, scaleBase: Double?, centre: Int, type: ScalarType = .float32
  ) {
    precondition(headWidth > 0 && headWidth % 2 == 0, "a head of width \(headWidth) has no pairs")
    let half = Tensor.range(0..<headWidth / 2).converted(to: type)
    let frequencies = Tensor(1.0) / Tensor(10000.0).power(half / Double(headWidth / 2))
    let angles =
      Tensor.range(0..<positions).converted(to: type).insertingDimension(1) * frequencies
    guard let scaleBase else {
      query = Self.pairs(angles.cosine(), angles.sine())
      key = query
      return
    }
    let zeta = (half * 2.0 + 0.4 * Double(headWidth)) / (1.4 * Double(headWidth))
    let exponents =
      Tensor.range(-centre..<positions - centre).converted(to: type) / scaleBase
    let scale = zeta.power(exponents.insertingDimension(1))
    query = Self.pairs(angles.cosine() * scale, angles.sine() * scale)
    let inverse = Tensor(1.0) / scale
    key = Self.pairs(angles.cosine() * inverse, angles.sine() * inverse)
  }

  /// The number of positions.
  public var count: Int { query.shape[0] }

  /// The same factors on a device.
  func moved(to device: Device) -> RotaryFactors {
    RotaryFactors(query: query.moved(to: device), key: key.moved(to: device))
  }

  private init(query: Tensor, key: Tensor) {
    self.query = query
    self.key = key
  }

  /// The factors of a range of positions, [count, 1, h]: they broadcast over the heads of [B, T, H, h].
  public func slice(_ positions: Range<Int>) -> (query: Tensor, key: Tensor) {
    (
      query.slice(positions, of: 0).insertingDimension(1),
      key.slice(positions, of: 0).insertingDimension(1)
    )
  }

  private static func pairs(_ real: Tensor, _ imaginary: Tensor) -> Tensor {
    Tensor.stacked([real, imaginary], along: -1).reshaped([real.shape[0], -1])
  }
}

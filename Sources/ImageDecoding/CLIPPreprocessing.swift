/// The resizing and cropping that CLIP's vision encoder expects of its input.
///
/// It is that of Hugging Face's CLIP image processor. ``Mode/centreCrop`` is CLIP's own and the
/// KOSMOS caption loader's; ``Mode/square`` is that of KOSMOS-2, which crops nothing.
public struct CLIPPreprocessing: Hashable, Sendable, Codable {
  /// How an image that is not square is made square.
  public enum Mode: String, Hashable, Sendable, Codable, CaseIterable {
    /// The shorter side is resized to the size, and the middle of the longer one kept.
    case centreCrop
    /// Both sides are resized to the size, each by its own factor.
    case square
  }

  /// The side of the result in pixels.
  public var size: Int
  /// How an image that is not square is made square.
  public var mode: Mode

  /// The version of the arithmetic: results of two versions may differ in bits.
  public static let version = 1
  /// The mean of each channel, of values from 0 to 1, that CLIP was trained with
  /// (<https://arxiv.org/abs/2103.00020>).
  public static let mean: [Float] = [0.48145466, 0.4578275, 0.40821073]
  /// The standard deviation of each channel that CLIP was trained with.
  public static let standardDeviation: [Float] = [0.26862954, 0.26130258, 0.27577711]

  /// Makes a preprocessing from its parts.
  ///
  /// - Precondition: `size` is positive.
  public init(size: Int = 224, mode: Mode = .centreCrop) {
    precondition(size > 0, "a preprocessed image has at least one pixel")
    self.size = size
    self.mode = mode
  }

  /// Resizes and crops an image to `size * size * 3` bytes: RGB, row by row, not yet normalised.
  public func apply(_ image: DecodedImage) -> [UInt8] {
    let target = ResamplingTarget(
      horizontal: axis(image.width, beside: image.height),
      vertical: axis(image.height, beside: image.width))
    return image.resampled(to: target, filter: .bicubic).pixels
  }

  /// One direction of the resize.
  ///
  /// The longer side and the crop's offset are rounded towards zero, as
  /// transformers does it; torchvision rounds the offset to the nearest even number instead.
  private func axis(_ length: Int, beside other: Int) -> ResamplingAxis {
    let resized = mode == .square || length <= other ? size : size * length / other
    let offset = (resized - size) / 2
    return ResamplingAxis(
      sourceLength: length, length: resized, window: offset..<offset + size)
  }
}
